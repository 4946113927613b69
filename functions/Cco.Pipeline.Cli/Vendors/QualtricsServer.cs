using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Qualtrics' API: a token in a header; lists whose answers name the address of the next page; responses as a file that is asked for, looked after and
/// fetched; limits of a minute for the whole account, and closer ones for exports and histories. A file is ready at the first look.
/// </summary>
internal sealed class QualtricsServer : IVendorServer
{
    /// <summary>What the account may ask in a minute.</summary>
    public const int RequestsPerMinute = 3000;

    /// <summary>Exports that may begin in a minute, and files that may be fetched.</summary>
    public const int ExportsPerMinute = 100;

    /// <summary>Histories of distributions that may be asked for in a minute.</summary>
    public const int HistoriesPerMinute = 300;

    /// <summary>The token that it wants.</summary>
    public const string Token = "qualtrics_sample_token";

    private const string Api = "/API/v3";
    private const string Directory = "POOL_sample";
    private const int LargestPage = 100;

    private readonly VendorClock clock;
    private readonly Throttle requests;
    private readonly Throttle exports;
    private readonly Throttle files;
    private readonly Throttle histories;
    private readonly string surveyId;
    private readonly IReadOnlyList<VendorRecord> contacts;
    private readonly IReadOnlyList<VendorRecord> responses;
    private readonly IReadOnlyList<VendorRecord> distributions;
    private readonly ILookup<string, VendorRecord> invitations;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="exportsPerMinute">Exports that may begin in a minute.</param>
    public QualtricsServer(IEnumerable<SampleFile> files, VendorClock clock, int exportsPerMinute = ExportsPerMinute)
    {
        this.clock = clock;
        var minute = TimeSpan.FromMinutes(1);
        (requests, histories) = (new Throttle(RequestsPerMinute, minute, clock), new Throttle(HistoriesPerMinute, minute, clock));
        (exports, this.files) = (new Throttle(exportsPerMinute, minute, clock), new Throttle(exportsPerMinute, minute, clock));
        using var records = new SampleRecords(files, Source, Entities);
        records.Define("qualtrics");
        surveyId = records.Read("select any_value(survey_id) from survey_invitation", reader => reader.GetString(0))[0];
        (contacts, responses, distributions) = (records.Read("qualtrics_contact"), records.Read("qualtrics_response"), records.Read("qualtrics_distribution"));
        invitations = records.Read("qualtrics_invitation").ToLookup(invitation => invitation.Id, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public string Source => "qualtrics";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["contact", "survey_invitation", "survey_response"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(distributions[0].At).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        RequestsPerSecond = RequestsPerMinute / 60,
        Settings = { ["datacenter"] = "sample", ["directory_id"] = Directory, ["nps_survey_id"] = surveyId },
        Secrets = { ["api_token"] = Token },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers["X-API-TOKEN"] != Token)
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", "Unrecognized X-API-TOKEN.");
        }

        if (!requests.Take().IsAdmitted)
        {
            return TooManyAsync(context);
        }

        var path = request.Path.Value ?? "";
        var parts = path.StartsWith($"{Api}/", StringComparison.Ordinal) ? path[(Api.Length + 1)..].Split('/') : [];
        return (request.Method, parts) switch
        {
            ("GET", ["surveys"]) => AnswerAsync(context, $$"""{"elements":[{{Survey()}}],"nextPage":null}"""),
            ("POST", ["surveys", var survey, "export-responses"]) when survey == surveyId => ExportAsync(context),
            ("GET", ["surveys", var survey, "export-responses", var work]) when survey == surveyId && SpanOf(work) is not null =>
                AnswerAsync(context, $$"""{"status":"complete","percentComplete":100.0,"fileId":"{{work}}"}"""),
            ("GET", ["surveys", var survey, "export-responses", var file, "file"]) when survey == surveyId && SpanOf(file) is { } span => FileAsync(context, span),
            ("GET", ["distributions"]) => DistributionsAsync(context),
            ("GET", ["distributions", var distribution, "history"]) when invitations.Contains(distribution) =>
                histories.Take().IsAdmitted ? ListAsync(context, [.. invitations[distribution].Where(clock.Shows)], LargestPage) : TooManyAsync(context),
            ("GET", ["directories", Directory, "contacts"]) => ListAsync(context, [.. contacts.Where(clock.Shows)], (int)(Questions.Number(request.Query["pageSize"]) ?? LargestPage)),
            _ => WrongAsync(context, StatusCodes.Status404NotFound, "Not Found", $"There is nothing at {path}."),
        };
    }

    private async Task ExportAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var asked = body.RootElement;
        if (asked.GetProperty("format").GetString() != "ndjson" || asked.GetProperty("compress").GetBoolean())
        {
            await WrongAsync(context, StatusCodes.Status400BadRequest, "Bad Request", "This server exports ndjson that is not compressed.");
            return;
        }

        var work = $"ES_{Second(asked, "startDate") ?? 0}-{Second(asked, "endDate") ?? long.MaxValue}";
        await (exports.Take().IsAdmitted ? AnswerAsync(context, $$"""{"progressId":"{{work}}","percentComplete":0.0,"status":"inProgress"}""") : TooManyAsync(context));
    }

    private async Task FileAsync(HttpContext context, (long From, long To) span)
    {
        if (!files.Take().IsAdmitted)
        {
            await TooManyAsync(context);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        foreach (var response in responses.Where(response => response.At >= span.From && response.At < span.To && clock.Shows(response)))
        {
            await context.Response.WriteAsync($"{response.Json}\n", context.RequestAborted);
        }
    }

    private Task DistributionsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (from, to) = (Questions.Second(query["sendStartDate"]) ?? long.MinValue, Questions.Second(query["sendEndDate"]) ?? long.MaxValue);
        return query["surveyId"] == surveyId
            ? ListAsync(context, [.. distributions.Where(sent => sent.At >= from && sent.At < to && clock.Shows(sent))], (int)(Questions.Number(query["pageSize"]) ?? LargestPage))
            : WrongAsync(context, StatusCodes.Status400BadRequest, "Bad Request", "surveyId is required.");
    }

    private static Task ListAsync(HttpContext context, IReadOnlyList<VendorRecord> records, int pageSize)
    {
        var request = context.Request;
        if (pageSize is < 1 or > LargestPage)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "Bad Request", $"pageSize must be between 1 and {LargestPage}.");
        }

        var place = (int)(Questions.Number(request.Query["skipToken"]) ?? 0);
        var end = place + pageSize;
        return AnswerAsync(context, $$"""
            {"elements":[{{string.Join(',', records.Skip(place).Take(pageSize).Select(record => record.Json))}}],"nextPage":{{(end < records.Count ? $"\"{request.With("skipToken", $"{end}")}\"" : "null")}}}
            """);
    }

    private string Survey() => JsonSerializer.Serialize(new { id = surveyId, name = "NPS relationship", ownerId = "UR_sample", isActive = true, lastModified = clock.GetUtcNow() });

    /// <summary>The span that the name of an export has in it; null: there is no such export.</summary>
    private static (long From, long To)? SpanOf(string work) =>
        work.StartsWith("ES_", StringComparison.Ordinal) && work[3..].Split('-') is [var from, var to] && Questions.Number(from) is { } first && Questions.Number(to) is { } last ? (first, last) : null;

    private static long? Second(JsonElement asked, string name) => asked.TryGetProperty(name, out var value) ? Questions.Second(value.GetString()) : null;

    private static Task AnswerAsync(HttpContext context, string result) => context.JsonAsync($$$"""{"result":{{{result}}},"meta":{"httpStatus":"200 - OK"}}""");

    private static Task TooManyAsync(HttpContext context) => WrongAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests", "Rate limit exceeded.");

    private static Task WrongAsync(HttpContext context, int status, string name, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { meta = new { httpStatus = $"{status} - {name}", error = new { errorMessage = message, errorCode = $"{status}" } } }), status);
}
