using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Delighted's API: the key of a project as the user of basic authentication; bare lists, numbered pages of at most 100 records for responses, and the
/// address of the next page in a header for people; 429 with a wait, at a number that Delighted does not tell. A response comes with its person
/// whether it is asked for or not. It surveys what the company's own tool does in the sample, so the demo leaves it out.
/// </summary>
internal sealed class DelightedServer : IVendorServer
{
    /// <summary>Requests in a second; a guess.</summary>
    public const int RequestsPerSecond = 10;

    /// <summary>The key that it wants.</summary>
    public const string Key = "delighted_sample_key";

    private const int UsualPage = 20;
    private const int LargestPage = 100;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly IReadOnlyList<VendorRecord> responses;
    private readonly IReadOnlyList<VendorRecord> people;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerSecond">How often it may be asked.</param>
    public DelightedServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerSecond = RequestsPerSecond)
    {
        (this.clock, throttle) = (clock, new Throttle(requestsPerSecond, TimeSpan.FromSeconds(1), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        (responses, people) = (records.Read("delighted_survey_response"), records.Read("delighted_person"));
    }

    /// <inheritdoc />
    public string Source => "delighted";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["contact", "survey_response"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(responses[0].At).UtcDateTime),
        BaseUrl = new Uri($"{root}/v1"),
        Secrets = { ["api_key"] = Key },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.SignsInWith(Key))
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "Invalid API key.");
        }

        if (throttle.Take() is { IsAdmitted: false } turn)
        {
            context.Response.Headers.RetryAfter = $"{turn.SecondsLeft}";
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests.");
        }

        var size = (int)(Questions.Number(request.Query["per_page"]) ?? UsualPage);
        if (size is < 1 or > LargestPage)
        {
            return WrongAsync(context, StatusCodes.Status422UnprocessableEntity, $"per_page must be between 1 and {LargestPage}.");
        }

        return request.Path.Value switch
        {
            "/v1/survey_responses.json" => NumberedAsync(context, size),
            "/v1/people.json" => LinkedAsync(context, size),
            "/v1/unsubscribes.json" => context.JsonAsync("[]"),
            var path => WrongAsync(context, StatusCodes.Status404NotFound, $"There is nothing at {path}."),
        };
    }

    /// <summary>Those that changed within a span, the first and the last second of which belong to it.</summary>
    private Task NumberedAsync(HttpContext context, int size)
    {
        var query = context.Request.Query;
        var (from, to) = (Questions.Number(query["updated_since"]) ?? 0, Questions.Number(query["updated_until"]) ?? long.MaxValue);
        var page = (int)(Questions.Number(query["page"]) ?? 1);
        var within = responses.Where(response => response.At >= from && response.At <= to && clock.Shows(response));
        return ListAsync(context, within.Skip((page - 1) * size).Take(size));
    }

    private Task LinkedAsync(HttpContext context, int size)
    {
        var request = context.Request;
        var place = (int)(Questions.Number(request.Query["page_info"]) ?? 0);
        var shown = people.Where(clock.Shows).ToList();
        if (place + size < shown.Count)
        {
            context.Response.Headers.Link = $"<{request.With("page_info", $"{place + size}")}>; rel=\"next\"";
        }

        return ListAsync(context, shown.Skip(place).Take(size));
    }

    private static Task ListAsync(HttpContext context, IEnumerable<VendorRecord> records) => context.JsonAsync($"[{string.Join(',', records.Select(record => record.Json))}]");

    private static Task WrongAsync(HttpContext context, int status, string message) => context.JsonAsync(JsonSerializer.Serialize(new { status, message }), status);
}
