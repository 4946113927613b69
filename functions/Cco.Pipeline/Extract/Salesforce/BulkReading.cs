using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Extract;

/// <summary>Reads a window as files (Bulk API 2.0): asks for a job, waits for it, fetches its results in sets. Salesforce keeps them for days, and for every session.</summary>
internal sealed class BulkReading(StreamName name, StreamDescription stream, VendorConnection vendor, TimeProvider time)
{
    private const int SetRecords = 50_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly VendorClient client = vendor.Client;
    private readonly TableReader tables = new(name, new RecordReader(stream), vendor.Client, time, new CsvFormat(',', "utf-8"));

    /// <summary>The pages of a window.</summary>
    public async IAsyncEnumerable<SourcePage> PagesAsync(SalesforceObject asked, Window window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var what = $"{name}, the job of {window}";
        var job = await StartAsync(asked.Records(window), what, cancellationToken);
        await WaitAsync(job, what, cancellationToken);
        await foreach (var page in SetsAsync(new BulkPlace(job, null), isResumed: false, window, cancellationToken))
        {
            yield return page;
        }
    }

    /// <summary>The pages from a place on.</summary>
    /// <exception cref="PlaceLostException">Salesforce does not keep it any more.</exception>
    public IAsyncEnumerable<SourcePage> ResumeAsync(BulkPlace place, Window window, CancellationToken cancellationToken) =>
        SetsAsync(place, isResumed: true, window, cancellationToken);

    private async Task<string> StartAsync(string question, string what, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["operation"] = "queryAll",
            ["query"] = question,
            ["contentType"] = "CSV",
            ["columnDelimiter"] = "COMMA",
            ["lineEnding"] = "LF",
        });
        var answer = await client.AskAsync(new VendorRequest(HttpMethod.Post, Address(""), [], body), what, cancellationToken);
        SalesforceErrors.Check(answer, client, what);
        return Field(answer, "id", what);
    }

    private async Task WaitAsync(string job, string what, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait < LongestWait / 2 ? wait * 2 : LongestWait)
        {
            var answer = await client.AskAsync(new VendorRequest(HttpMethod.Get, Address($"/{Uri.EscapeDataString(job)}"), []), what, cancellationToken);
            SalesforceErrors.Check(answer, client, what);
            switch (Field(answer, "state", what))
            {
                case "JobComplete":
                    return;
                case "UploadComplete" or "InProgress":
                    client.Traffic.WaitedFor(wait);
                    await Task.Delay(wait, time, cancellationToken);
                    break;
                case var state:
                    throw client.Wrong(what, $"Salesforce could not prepare the records, job {job} is '{state}': {ErrorMessage(answer)} Setup, Bulk Data Load Jobs shows it; the next run asks again.");
            }
        }
    }

    private async IAsyncEnumerable<SourcePage> SetsAsync(BulkPlace place, bool isResumed, Window window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard(stream.Paging.MaxPages);
        for (var number = 1; ; number++)
        {
            var what = $"{name}, result {number} of {window}, job {place.Job}";
            var scratch = Path.Combine(Path.GetTempPath(), $"cco-bulk-{Path.GetRandomFileName()}");
            try
            {
                var answer = await FetchAsync(place, scratch, isResumed && number == 1, what, cancellationToken);
                await foreach (var page in ReadAsync(scratch, what, cancellationToken))
                {
                    yield return new SourcePage(page, null, null);
                }

                if (Next(answer, guard, what) is not { } locator)
                {
                    yield break;
                }

                place = place with { Locator = locator };
            }
            finally
            {
                File.Delete(scratch);
            }

            // Here, between two sets, is where reading can go on.
            yield return new SourcePage(new RawPage([], []), place.ToString(), null);
        }
    }

    private async Task<VendorAnswer> FetchAsync(BulkPlace place, string scratch, bool isResumed, string what, CancellationToken cancellationToken)
    {
        var query = new List<KeyValuePair<string, string>> { new("maxRecords", $"{SetRecords}") };
        if (place.Locator is { } locator)
        {
            query.Add(new("locator", locator));
        }

        var address = RequestAddress.With(Address($"/{Uri.EscapeDataString(place.Job)}/results"), query);
        var answer = await client.AskAsync(new VendorRequest(HttpMethod.Get, address, [new("Accept", "text/csv")]), what, cancellationToken, scratch);
        if (isResumed && answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone)
        {
            throw new PlaceLostException(vendor.Access.Redacted($"{what}: Salesforce does not keep the results any more ({(int)answer.Status}: {answer.Excerpt})."));
        }

        SalesforceErrors.Check(answer, client, what);
        return answer;
    }

    private async IAsyncEnumerable<RawPage> ReadAsync(string scratch, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (new FileInfo(scratch).Length == 0)
        {
            yield break;
        }

        await foreach (var page in tables.ReadAsync("results.csv", () => File.OpenRead(scratch), null, what, cancellationToken))
        {
            yield return page with { Records = [.. page.Records.Select(WithNulls)] };
        }
    }

    /// <summary>Salesforce has no empty texts: an empty cell is no value, which the answer to a query gives as null. Within texts quotes are escaped, so what is replaced is a value.</summary>
    private static RawRecord WithNulls(RawRecord record) => record with { Payload = record.Payload.Replace(":\"\"", ":null", StringComparison.Ordinal) };

    private string? Next(VendorAnswer answer, PageGuard guard, string what)
    {
        try
        {
            var locator = answer.Header("Sforce-Locator") is { Length: > 0 } given and not "null" ? given : null;
            guard.Check([], locator);
            return locator;
        }
        catch (FormatException exception)
        {
            throw client.Wrong(what, exception.Message, exception);
        }
    }

    private Uri Address(string path) => RequestAddress.Below(vendor.Access.BaseUrl, $"/jobs/query{path}");

    private string Field(VendorAnswer answer, string field, string what) =>
        client.Field(answer, field, what) ?? throw client.Wrong(what, $"there is no '{field}' in the answer: {answer.Excerpt}");

    private static string ErrorMessage(VendorAnswer answer) => new FieldPaths(["errorMessage"]).Of(answer.Body.Span)[0] ?? answer.Excerpt;
}

/// <summary>A place in the results of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Locator">Its next results; null: the first.</param>
internal sealed record BulkPlace(string Job, string? Locator)
{
    /// <summary>The place that a text names; null where it names none.</summary>
    public static BulkPlace? Parse(string? text) =>
        text?.Split(' ') is ["job", var job, var locator] ? new BulkPlace(job, locator) : null;

    /// <inheritdoc />
    public override string ToString() => $"job {Job} {Locator}";
}
