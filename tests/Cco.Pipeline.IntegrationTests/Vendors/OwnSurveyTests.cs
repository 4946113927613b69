using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The surveys of the company's own tool, as if Delighted, Typeform or SurveyMonkey had asked: what is read over their APIs is what the files say, as far as the vendor has words for it.</summary>
public sealed class OwnSurveyTests(VendorCompany company)
{
    private const string Answered = "survey_response where score is not null";

    /// <summary>What no survey tool says: the company's own keys, and what somebody made of a comment.</summary>
    private static readonly string[] OfTheCompany =
        ["source", "survey_invitation_id", "customer_id", "contact_id", "employee_id", "sentiment_label", "sentiment_method", "themes", "sentiment_score", "deleted_at"];

    private readonly SourceWorld.Clock clock = VendorCompany.Clock();

    [Fact]
    public async Task Responses_and_people_of_Delighted_are_those_of_the_files()
    {
        await using var lake = await VendorLake.StartAsync(new DelightedServer(company.Files, new VendorClock(clock), requestsPerSecond: 10_000), clock);

        await lake.ReadAsync();

        // A project asks one survey, whose name and direction its API does not tell.
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, Answered, [.. OfTheCompany, "survey_id", "is_reversed"]));
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, "contact", "source", "customer_id", "job_title", "role", "is_primary", "is_active", "updated_at", "deleted_at"));
    }

    [Fact]
    public async Task Responses_of_Typeform_are_those_of_the_files()
    {
        await using var lake = await VendorLake.StartAsync(new TypeformServer(company.Files, new VendorClock(clock), requestsPerSecond: 10_000), clock);

        await lake.ReadAsync();

        // An answer is named by its form and question, too, and no language is told.
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, Answered, [.. OfTheCompany, "survey_response_id", "language"]));
    }

    [Fact]
    public async Task Responses_and_contacts_of_SurveyMonkey_are_those_of_the_files()
    {
        await using var lake = await VendorLake.StartAsync(new SurveymonkeyServer(company.Files, new VendorClock(clock), requestsPerMinute: 10_000), clock);

        await lake.ReadAsync();

        // A survey asks on one scale, so that it is another one than the company's; and no language is told.
        Assert.Empty(await lake.DifferenceAsync(company.Files, SampleFile.OwnSystem, Answered, [.. OfTheCompany, "survey_response_id", "survey_id", "language"]));
        Assert.Empty(await lake.DifferenceAsync(
            company.Files, SampleFile.OwnSystem, "contact", "source", "customer_id", "job_title", "role", "is_primary", "is_active", "created_at", "updated_at", "deleted_at"));
    }

    [Fact]
    public async Task Delighted_says_how_long_to_wait_where_its_next_page_is_and_what_is_wrong()
    {
        await using var caller = await VendorCaller.StartAsync(new DelightedServer(company.Files, new VendorClock(clock), requestsPerSecond: 3));
        caller.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{DelightedServer.Key}:")));

        var (first, people) = await caller.AskAsync("/people.json?per_page=7");
        var (_, next) = await caller.AskAsync(first.Headers.GetValues("Link").Single().Split('<', '>')[1]);
        var (wrong, _) = await caller.AskAsync("/survey_responses.json?per_page=101");
        var (refused, _) = await caller.AskAsync("/people.json");
        clock.Pass(refused.Headers.RetryAfter!.Delta!.Value);
        var (later, _) = await caller.AskAsync("/people.json");

        Assert.Empty(people.EnumerateArray().Select(Id).Intersect(next.EnumerateArray().Select(Id)));
        Assert.Equal(14, people.GetArrayLength() + next.GetArrayLength());
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], [wrong.StatusCode, refused.StatusCode, later.StatusCode]);
    }

    [Fact]
    public async Task Typeform_goes_on_before_a_token_and_says_what_is_wrong()
    {
        await using var caller = await VendorCaller.StartAsync(new TypeformServer(company.Files, new VendorClock(clock), requestsPerSecond: 100));
        var (unknown, _) = await caller.AskAsync("/forms");
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TypeformServer.Token);
        var form = (await caller.AskAsync("/forms")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var (tokens, before) = (new List<string?>(), "");
        while (true)
        {
            var (_, page) = await caller.AskAsync($"/forms/{form}/responses?page_size=9{before}");
            if (page.GetProperty("items").GetArrayLength() == 0)
            {
                Assert.Equal(tokens.Count, page.GetProperty("total_items").GetInt32());
                break;
            }

            tokens.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("token").GetString()));
            before = $"&before={tokens[^1]}";
        }

        var (wrong, _) = await caller.AskAsync($"/forms/{form}/responses?before=nobody");

        Assert.True(tokens.Count > 9, $"{tokens.Count}");
        Assert.Equal(tokens.Distinct(), tokens);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (unknown.StatusCode, wrong.StatusCode));
    }

    [Fact]
    public async Task SurveyMonkey_says_what_is_left_of_the_minute_and_what_is_wrong()
    {
        await using var caller = await VendorCaller.StartAsync(new SurveymonkeyServer(company.Files, new VendorClock(clock), requestsPerMinute: 3));
        var (unknown, _) = await caller.AskAsync("/surveys");
        caller.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SurveymonkeyServer.Token);

        var (answer, surveys) = await caller.AskAsync("/surveys?per_page=2");
        var (wrong, error) = await caller.AskAsync("/contacts?status=active&per_page=1001");
        await caller.AskAsync("/surveys");
        var (refused, _) = await caller.AskAsync("/surveys");

        Assert.Equal("2", answer.Headers.GetValues("X-Ratelimit-App-Global-Minute-Remaining").Single());
        Assert.Equal(2, surveys.GetProperty("data").GetArrayLength());
        Assert.Contains("per_page", error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests], [unknown.StatusCode, wrong.StatusCode, refused.StatusCode]);
    }

    private static string? Id(JsonElement record) => record.GetProperty("id").GetString();
}
