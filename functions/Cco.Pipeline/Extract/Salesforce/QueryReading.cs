using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Reads a window page by page, in the order of the changes. The place after a page is the change that was reached, not the page that
/// Salesforce names: that one belongs to the session, and goes with it.
/// </summary>
internal sealed class QueryReading(StreamName name, StreamDescription stream, VendorConnection vendor, TimeProvider time)
{
    private static readonly string[] Beside = ["done", "nextRecordsUrl"];
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    private readonly VendorClient client = vendor.Client;
    private readonly AnswerReader answers = new("records", Beside);
    private readonly RecordReader reader = new(stream);

    /// <summary>How many records there are.</summary>
    public async Task<long> CountAsync(SalesforceObject asked, Window window, CancellationToken cancellationToken)
    {
        var what = $"{name}, the number of records of {window}";
        var answer = await AskAsync(Address(asked.Count(window)), what, cancellationToken);
        Check(answer, window, what);
        var count = Read(answer, what, body => new FieldPaths(["totalSize"]).Of(body)[0]);
        return long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw client.Wrong(what, $"the answer holds no number of records, 'totalSize': {answer.Excerpt}");
    }

    /// <summary>The address of a question, deleted records included.</summary>
    public Uri Address(string question) => RequestAddress.With(RequestAddress.Below(vendor.Access.BaseUrl, "/queryAll"), [new("q", question)]);

    /// <summary>The pages of a window.</summary>
    public async IAsyncEnumerable<SourcePage> PagesAsync(SalesforceObject asked, Window window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (rest, reached, next, seen, guard) = (window, (DateTimeOffset?)null, (Uri?)null, 0L, new PageGuard(stream.Paging.MaxPages));
        for (var number = 1; ; number++)
        {
            var what = $"{name}, page {number} of {window}";
            var answer = await AskAsync(next ?? Address(asked.InOrder(rest)), what, cancellationToken);
            if (next is not null && reached > rest.From && SalesforceErrors.IsPlaceLost(answer))
            {
                (rest, next, guard) = (new Window(reached.Value, window.To), null, new PageGuard(stream.Paging.MaxPages));
                continue;
            }

            Check(answer, rest, what);
            var page = Take(answer, guard, what, ref seen, out next);
            reached = page.Records.Count == 0 ? reached : page.Records[^1].UpdatedAt;
            if (next is not null && !(reached >= rest.From && reached < window.To))
            {
                throw client.Wrong(what, $"its last record changed at {reached:O}, which is not in the window.");
            }

            yield return new SourcePage(page, next is null ? null : reached!.Value.ToString("O", CultureInfo.InvariantCulture), null);
            if (next is null)
            {
                yield break;
            }
        }
    }

    private Task<VendorAnswer> AskAsync(Uri address, string what, CancellationToken cancellationToken) =>
        client.AskAsync(new VendorRequest(HttpMethod.Get, address, []), what, cancellationToken);

    private RawPage Take(VendorAnswer answer, PageGuard guard, string what, ref long seen, out Uri? next)
    {
        var parts = Read(answer, what, answers.Read);
        var (records, rejected, readAt) = (new List<RawRecord>(parts.Records.Count), new List<RejectedRow>(), time.GetUtcNow());
        foreach (var range in parts.Records)
        {
            reader.Add(answer.Body.Span[range], ++seen, readAt, null, records, rejected);
        }

        client.Traffic.Read(records.Count);
        try
        {
            next = parts.Beside switch
            {
                ["true", _] => null,
                ["false", { Length: > 0 } place] => client.Own(new Uri(vendor.Access.BaseUrl, place), what),
                _ => throw new FormatException("the answer does not say whether there is more, by 'done' and 'nextRecordsUrl'."),
            };
            guard.Check(records, next?.AbsoluteUri);
            return new RawPage(records, rejected);
        }
        catch (FormatException exception)
        {
            throw client.Wrong(what, exception.Message, exception);
        }
    }

    private T Read<T>(VendorAnswer answer, string what, Reader<T> read)
    {
        try
        {
            return read(answer.Body.Span);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw client.Wrong(what, $"the answer is not as documented ({exception.Message.TrimEnd('.')}): {answer.Excerpt}", exception);
        }
    }

    /// <summary>A question that takes too long is asked again for less.</summary>
    private void Check(VendorAnswer answer, Window window, string what)
    {
        if (answer.Status == HttpStatusCode.BadRequest && SalesforceErrors.Code(answer) == "QUERY_TIMEOUT" && window.Length > ShortestWindow)
        {
            throw new WindowTooLargeException(vendor.Access.Redacted($"{what}: the question takes longer than Salesforce allows. {answer.Excerpt}"));
        }

        SalesforceErrors.Check(answer, client, what);
    }

    private delegate T Reader<out T>(ReadOnlySpan<byte> body);
}
