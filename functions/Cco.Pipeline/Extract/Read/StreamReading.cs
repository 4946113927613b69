using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cco.Pipeline.Extract;

/// <summary>Reads one stream of a described source from a place on, for one parent record where it has parents: request, answer, records, next page.</summary>
internal sealed class StreamReading
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    private readonly StreamName name;
    private readonly StreamDescription stream;
    private readonly VendorClient client;
    private readonly SourceAccess access;
    private readonly TimeProvider time;
    private readonly Pager pager;
    private readonly RecordReader reader;
    private readonly TableReader tables;
    private readonly AnswerReader answers;
    private readonly string[] wanted;

    public StreamReading(StreamName name, StreamDescription stream, VendorClient client, SourceAccess access, TimeProvider time)
    {
        (this.name, this.stream, this.client, this.access, this.time) = (name, stream, client, access, time);
        (pager, reader) = (new Pager(stream.Paging), new RecordReader(stream));
        tables = new TableReader(name, reader, client, time);
        wanted = [.. pager.Wanted.Concat(stream.Incremental?.Token is { } token ? [token] : []).Distinct(StringComparer.Ordinal)];
        answers = new AnswerReader(stream.Records, wanted);
    }

    /// <summary>The pages.</summary>
    /// <param name="place">Where to begin and end.</param>
    /// <param name="parent">The fields of the parent record; null where there is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<SourcePage> PagesAsync(ReadPlace place, IReadOnlyDictionary<string, string?>? parent, CancellationToken cancellationToken) => stream.Export is null
        ? AnswersAsync(place, parent, cancellationToken)
        : new ExportJob(stream, client, access, tables, time)
            .PagesAsync(Request(place, parent, token: null), $"{name}{Where(place, parent)}", parent, cancellationToken)
            .Select(page => new SourcePage(page, null, null));

    /// <summary>What a parent gives that has no children: a record of its own fields.</summary>
    /// <param name="parent">The fields of the parent record.</param>
    public SourcePage Alone(IReadOnlyDictionary<string, string?> parent)
    {
        var (records, rejected) = (new List<RawRecord>(), new List<RejectedRow>());
        reader.Add("{}"u8, position: 1, time.GetUtcNow(), parent, records, rejected);
        return new SourcePage(new RawPage(records, rejected), null, null);
    }

    private async IAsyncEnumerable<SourcePage> AnswersAsync(ReadPlace place, IReadOnlyDictionary<string, string?>? parent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard(stream.Paging.MaxPages);
        var (token, kept, seen) = (place.Resume, place.Kept, 0L);
        for (var number = 1; ; number++)
        {
            var what = $"{name}, page {number}{Where(place, parent)}";
            var answer = await client.AskAsync(Request(place, parent, token), what, cancellationToken);
            if (stream.EmptyStatuses.Contains((int)answer.Status))
            {
                yield return new SourcePage(new RawPage([], []), null, kept);
                yield break;
            }

            Check(answer, what, isResumed: number == 1 && (place.Resume ?? place.Kept) is not null);
            var read = stream.Format == AnswerFormat.Csv ? await TableAsync(answer, parent, what, cancellationToken) : Json(answer, parent, seen, what);
            seen += read.Count;
            var next = Next(answer, read, seen, token, guard, what);
            if (place.Window is { } asked && stream.Incremental?.MaxRecords is { } most && seen >= most)
            {
                throw TooLarge(asked, most, what);
            }

            kept = Kept(read) ?? kept;
            yield return new SourcePage(read.Page, parent is null ? next : null, kept);
            if (next is null)
            {
                yield break;
            }

            token = next;
        }
    }

    private Exception TooLarge(Window asked, int most, string what) => asked.Length > ShortestWindow
        ? new WindowTooLargeException($"{what}: there are {most:N0} records or more, as many as the vendor gives to one question.")
        : client.Wrong(what, $"there are {most:N0} records or more in one second, as many as the vendor gives to one question; the rest cannot be asked for.");

    /// <summary>The records of an answer that is JSON, and the values beside them.</summary>
    private AnswerPage Json(VendorAnswer answer, IReadOnlyDictionary<string, string?>? parent, long seen, string what)
    {
        try
        {
            var body = answer.Body.Span.StartsWith("\uFEFF"u8) ? answer.Body[3..] : answer.Body;
            var parts = answers.Read(body.Span);
            var (records, rejected, lastKey) = (new List<RawRecord>(parts.Records.Count), new List<RejectedRow>(), (string?)null);
            var readAt = time.GetUtcNow();
            foreach (var range in parts.Records)
            {
                lastKey = reader.Add(body.Span[range], ++seen, readAt, parent, records, rejected);
            }

            client.Traffic.Read(records.Count);
            return new AnswerPage(new RawPage(records, rejected), parts.Records.Count, wanted.Zip(parts.Beside).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), lastKey);
        }
        catch (JsonException exception)
        {
            throw client.Wrong(what, $"the answer is not JSON ({exception.Message.TrimEnd('.')}): {answer.Excerpt}", exception);
        }
        catch (FormatException exception)
        {
            throw client.Wrong(what, exception.Message, exception);
        }
    }

    /// <summary>The rows of an answer that is a table; none where it is empty, header and all.</summary>
    private async Task<AnswerPage> TableAsync(VendorAnswer answer, IReadOnlyDictionary<string, string?>? parent, string what, CancellationToken cancellationToken)
    {
        var pages = answer.Body.Length == 0
            ? []
            : await tables.ReadAsync("answer.csv", () => new MemoryStream(answer.Body.ToArray()), parent, what, cancellationToken).ToListAsync(cancellationToken);
        var page = new RawPage([.. pages.SelectMany(page => page.Records)], [.. pages.SelectMany(page => page.Rejected)]);
        return new AnswerPage(page, page.Records.Count, new Dictionary<string, string?>(StringComparer.Ordinal), null);
    }

    /// <summary>The token of the next page; null after the last.</summary>
    private string? Next(VendorAnswer answer, AnswerPage read, long seen, string? token, PageGuard guard, string what)
    {
        try
        {
            var next = pager.Next(new PageFacts(answer, read.Beside, read.Count, seen, read.LastKey), token);
            guard.Check(read.Page.Records, next);
            return next;
        }
        catch (FormatException exception)
        {
            throw client.Wrong(what, exception.Message, exception);
        }
    }

    private string? Kept(AnswerPage read) => stream.Mode == StreamMode.Cursor ? read.Beside.GetValueOrDefault(stream.Incremental!.Token ?? stream.Paging.Token!) : null;

    private static string Where(ReadPlace place, IReadOnlyDictionary<string, string?>? parent) =>
        $"{(place.Window is { } window ? $" of {window}" : "")}{(parent is null ? "" : $", parent {string.Join('|', parent.Values)}")}";

    private VendorRequest Request(ReadPlace place, IReadOnlyDictionary<string, string?>? parent, string? token)
    {
        var window = place.Window is { } span && stream.Incremental?.ExcludesFrom == true ? new Window(span.From.AddSeconds(-1), span.To) : place.Window;
        string? Resolve(SourceValue value) => access.Resolve(value, window, parent);
        var headers = stream.Headers.Select(header => new KeyValuePair<string, string?>(header.Key, Resolve(header.Value))).Where(header => header.Value is not null)
            .Select(header => new KeyValuePair<string, string>(header.Key, header.Value!)).ToList();
        if (token is null && place.Kept is { } kept)
        {
            return Uri.TryCreate(kept, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? new VendorRequest(HttpMethod.Get, client.Own(address, name.ToString()), headers)
                : Asked(headers, Resolve, [new(stream.Incremental!.Parameter ?? stream.Paging.Parameter!, kept)], parent);
        }

        return token is not null && pager.IsAddress
            ? new VendorRequest(HttpMethod.Get, client.Own(new Uri(RequestAddress.Below(access.BaseUrl, access.Path(stream.Path, parent)), token), name.ToString()), headers)
            : Asked(headers, Resolve, [.. pager.Parameters(token)], parent);
    }

    private VendorRequest Asked(
        List<KeyValuePair<string, string>> headers, Func<SourceValue, string?> resolve, IReadOnlyList<KeyValuePair<string, string>> paging, IReadOnlyDictionary<string, string?>? parent)
    {
        var query = stream.Query.Select(parameter => (parameter.Key, Value: resolve(parameter.Value))).Where(parameter => parameter.Value is not null)
            .Select(parameter => new KeyValuePair<string, string>(parameter.Key, parameter.Value!));
        var inQuery = stream.Paging.In == ParameterPlace.Query;
        var address = RequestAddress.With(RequestAddress.Below(access.BaseUrl, access.Path(stream.Path, parent)), [.. query.Concat(inQuery ? paging : []).GroupBy(set => set.Key, StringComparer.Ordinal).Select(set => set.Last())]);
        if (stream.Method == RequestMethod.Get)
        {
            return new VendorRequest(HttpMethod.Get, address, headers);
        }

        var body = stream.Body?.ToJson(resolve) as JsonObject ?? [];
        foreach (var (path, value) in inQuery ? [] : paging)
        {
            Set(body, path.Split('/'), value);
        }

        return new VendorRequest(HttpMethod.Post, address, headers, JsonSerializer.SerializeToUtf8Bytes(body, PipelineJson.Compact));
    }

    private static void Set(JsonObject body, string[] path, string value)
    {
        var place = body;
        foreach (var part in path[..^1])
        {
            place = (JsonObject)(place[part] ??= new JsonObject());
        }

        place[path[^1]] = long.TryParse(value, out var number) ? number : value;
    }

    private void Check(VendorAnswer answer, string what, bool isResumed)
    {
        if (answer.IsGood)
        {
            if (answer.ContentHeaders.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
            {
                throw client.Wrong(what, $"the answer is a page of HTML, perhaps to sign in, and not data: {answer.Excerpt} Check base_url and the credentials.");
            }

            return;
        }

        if (isResumed && answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity)
        {
            throw new PlaceLostException(access.Redacted($"{what}: the vendor does not know the place any more that reading was to go on from ({(int)answer.Status}: {answer.Excerpt})."));
        }

        throw client.Wrong(what, VendorErrors.Explained(answer));
    }
}

/// <summary>What one answer holds.</summary>
/// <param name="Page">Its records.</param>
/// <param name="Count">How many there were, those without an id among them.</param>
/// <param name="Beside">The values beside them, by their paths.</param>
/// <param name="LastKey">The keyset field of the last record.</param>
internal sealed record AnswerPage(RawPage Page, int Count, IReadOnlyDictionary<string, string?> Beside, string? LastKey);

/// <summary>What the statuses of vendors mean for who reads the report.</summary>
internal static class VendorErrors
{
    /// <summary>What an answer without data says, and what to do.</summary>
    public static string Explained(VendorAnswer answer) => $"the vendor answered {(int)answer.Status}: {answer.Excerpt} " + answer.Status switch
    {
        HttpStatusCode.Unauthorized => "The credentials were not accepted: check the source's secrets.",
        HttpStatusCode.Forbidden => $"The credentials lack a permission{(answer.Header("WWW-Authenticate") is { } asked ? $" ({asked})" : "")}: see the source's setup.",
        HttpStatusCode.NotFound => "There is nothing at that address: check the source's settings.",
        HttpStatusCode.TooManyRequests => "It kept saying so while waiting as it asked: the limit of the account is used up, perhaps by other programs.",
        _ when answer.MayPass => "It kept saying so when asked again: the next run goes on from here.",
        _ => "",
    };
}
