using System.Net;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The sample company's Qualtrics behaves as Qualtrics' documentation says.</summary>
public sealed class QualtricsServerTests(VendorCompany company) : IAsyncLifetime
{
    private const int ExportsPerMinute = 5;

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();
    private VendorCaller caller = null!;

    public async ValueTask InitializeAsync()
    {
        caller = await VendorCaller.StartAsync(new QualtricsServer(company.Files, new VendorClock(clock), ExportsPerMinute));
        caller.Headers.Add("X-API-TOKEN", QualtricsServer.Token);
    }

    public ValueTask DisposeAsync() => caller.DisposeAsync();

    [Fact]
    public async Task Pages_go_on_at_the_address_that_is_named_without_gap_or_repeat()
    {
        var (ids, next) = (new List<string?>(), (string?)"/directories/POOL_sample/contacts?pageSize=30&useNewPaginationScheme=true");
        while (next is not null)
        {
            var result = (await caller.AskAsync(next)).Body.GetProperty("result");
            ids.AddRange(result.GetProperty("elements").EnumerateArray().Select(contact => contact.GetProperty("contactId").GetString()));
            next = result.GetProperty("nextPage").GetString();
        }

        Assert.True(ids.Count > 30, $"{ids.Count}");
        Assert.Equal(Rows("contact", "count(distinct contact_id)"), [$"{ids.Distinct().Count()}"]);
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public async Task Responses_are_a_file_that_is_asked_for_and_fetched_and_spans_of_time_are_parts_of_it()
    {
        var survey = await SurveyAsync();
        var whole = await ExportAsync(survey, "2000-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        var early = await ExportAsync(survey, "2000-01-01T00:00:00Z", "2025-07-06T12:00:00Z");
        var late = await ExportAsync(survey, "2025-07-06T12:00:00Z", "2027-01-01T00:00:00Z");

        Assert.Equal(Rows("survey_response", "count(distinct survey_response_id)"), [$"{whole.Count}"]);
        Assert.NotEmpty(early);
        Assert.Equal(whole, [.. early, .. late]);
    }

    [Fact]
    public async Task Who_was_invited_is_told_for_each_distribution()
    {
        var survey = await SurveyAsync();
        var sent = (await caller.AskAsync($"/distributions?surveyId={survey}&pageSize=100")).Body.GetProperty("result").GetProperty("elements").EnumerateArray().ToList();
        var invited = 0;
        foreach (var distribution in sent)
        {
            invited += (await caller.AskAsync($"/distributions/{distribution.GetProperty("id").GetString()}/history")).Body.GetProperty("result").GetProperty("elements").GetArrayLength();
        }

        Assert.True(sent.Count > 5, $"{sent.Count}");
        Assert.Equal(Rows("survey_invitation", "count(*)"), [$"{invited}"]);
    }

    [Theory]
    [InlineData("/distributions", HttpStatusCode.BadRequest, "surveyId")]
    [InlineData("/directories/POOL_sample/contacts?pageSize=101", HttpStatusCode.BadRequest, "pageSize")]
    [InlineData("/surveys/SV_none/export-responses/ES_1-2", HttpStatusCode.NotFound, "SV_none")]
    [InlineData("/unicorns", HttpStatusCode.NotFound, "unicorns")]
    public async Task What_cannot_be_answered_is_an_error_that_says_why(string path, HttpStatusCode status, string reason)
    {
        var (answered, error) = await caller.AskAsync(path);

        Assert.Equal(status, answered.StatusCode);
        Assert.Contains(reason, error.GetProperty("meta").GetProperty("error").GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_token_nothing_is_told()
    {
        caller.Headers.Remove("X-API-TOKEN");

        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.AskAsync("/surveys")).Answer.StatusCode);
    }

    [Fact]
    public async Task Exports_are_limited_apart_from_all_else()
    {
        var survey = await SurveyAsync();
        for (var request = 0; request < ExportsPerMinute; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await BeginAsync(survey)).StatusCode);
        }

        var (refused, other) = (await BeginAsync(survey), await caller.AskAsync("/surveys"));
        clock.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, other.Answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await BeginAsync(survey)).StatusCode);
    }

    private IReadOnlyList<string> Rows(string entity, string select) => VendorLake.Sample(company.Files, "qualtrics", entity, select);

    private async Task<string> SurveyAsync() => (await caller.AskAsync("/surveys")).Body.GetProperty("result").GetProperty("elements")[0].GetProperty("id").GetString()!;

    private async Task<HttpResponseMessage> BeginAsync(string survey) => (await caller.PostAsync($"/surveys/{survey}/export-responses", new { format = "ndjson", compress = false })).Answer;

    private async Task<List<string?>> ExportAsync(string survey, string startDate, string endDate)
    {
        var (_, begun) = await caller.PostAsync($"/surveys/{survey}/export-responses", new { format = "ndjson", compress = false, startDate, endDate });
        var (_, done) = await caller.AskAsync($"/surveys/{survey}/export-responses/{begun.GetProperty("result").GetProperty("progressId").GetString()}");
        var file = await caller.TextAsync($"/surveys/{survey}/export-responses/{done.GetProperty("result").GetProperty("fileId").GetString()}/file");
        return [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("responseId").GetString())];
    }
}
