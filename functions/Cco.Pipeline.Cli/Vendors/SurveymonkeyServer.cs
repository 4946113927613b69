using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// SurveyMonkey's API: the token of a private app; numbered pages that say how many records there are, of at most 1,000, of responses 100; headers that say
/// what is left of the minute. It surveys what the company's own tool does in the sample, so the demo leaves it out.
/// </summary>
internal sealed class SurveymonkeyServer : IVendorServer
{
    /// <summary>Requests in a minute.</summary>
    public const int RequestsPerMinute = 120;

    /// <summary>The token that it wants.</summary>
    public const string Token = "surveymonkey_sample_token";

    private const string Api = "/v3";
    private const int UsualPage = 50;
    private const int LargestPage = 1000;
    private const int LargestResponsePage = 100;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly IReadOnlyList<VendorRecord> surveys;
    private readonly IReadOnlyList<VendorRecord> contacts;
    private readonly ILookup<string, VendorRecord> responses;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerMinute">How often it may be asked.</param>
    public SurveymonkeyServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerMinute = RequestsPerMinute)
    {
        (this.clock, throttle) = (clock, new Throttle(requestsPerMinute, TimeSpan.FromMinutes(1), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        records.Define("surveymonkey");
        (surveys, contacts) = (records.Read("surveymonkey_survey"), records.Read("surveymonkey_contact"));
        responses = records.ReadOfParents("surveymonkey_response").ToLookup(response => response.Parent, response => response.Record, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public string Source => "surveymonkey";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["contact", "survey_response"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(surveys[0].At).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        Secrets = { ["access_token"] = Token },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization != $"Bearer {Token}")
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "1011", "The authorization token provided was invalid.");
        }

        var turn = throttle.Take();
        context.Response.Headers["X-Ratelimit-App-Global-Minute-Limit"] = $"{throttle.Requests}";
        context.Response.Headers["X-Ratelimit-App-Global-Minute-Remaining"] = $"{turn.Remaining}";
        context.Response.Headers["X-Ratelimit-App-Global-Minute-Reset"] = $"{turn.SecondsLeft}";
        if (!turn.IsAdmitted)
        {
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "1040", "The rate limit has been reached.");
        }

        var path = request.Path.Value ?? "";
        return path.Split('/') switch
        {
            ["", "v3", "surveys"] => ListAsync(context, surveys, LargestPage),
            ["", "v3", "surveys", var survey, "responses", "bulk"] when responses.Contains(survey) => ListAsync(context, Within(request, responses[survey]), LargestResponsePage),
            ["", "v3", "contacts"] => ListAsync(context, request.Query["status"] == "active" ? contacts : [], LargestPage),
            _ => WrongAsync(context, StatusCodes.Status404NotFound, "1020", $"There was an error retrieving the requested resource: {path}."),
        };
    }

    /// <summary>Those that changed within a span, the end of which does not belong to it.</summary>
    private static IEnumerable<VendorRecord> Within(HttpRequest request, IEnumerable<VendorRecord> records)
    {
        var (from, to) = (Questions.Second(request.Query["start_modified_at"]) ?? 0, Questions.Second(request.Query["end_modified_at"]) ?? long.MaxValue);
        return records.Where(record => record.At >= from && record.At < to);
    }

    private Task ListAsync(HttpContext context, IEnumerable<VendorRecord> records, int largestPage)
    {
        var (page, size) = ((int)(Questions.Number(context.Request.Query["page"]) ?? 1), (int)(Questions.Number(context.Request.Query["per_page"]) ?? UsualPage));
        if (size < 1 || size > largestPage)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "1003", $"per_page must be between 1 and {largestPage}.");
        }

        var shown = records.Where(clock.Shows).ToList();
        return context.JsonAsync($$"""{"data":[{{string.Join(',', shown.Skip((page - 1) * size).Take(size).Select(record => record.Json))}}],"per_page":{{size}},"page":{{page}},"total":{{shown.Count}}}""");
    }

    private static Task WrongAsync(HttpContext context, int status, string id, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { error = new { id, message, http_status_code = status } }), status);
}
