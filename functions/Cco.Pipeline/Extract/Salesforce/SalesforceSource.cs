using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Extract;

/// <summary>
/// A source whose description says <c>engine: soql</c>. A stream is an object of Salesforce with all of its fields that the user may see,
/// deleted and merged records among its own. Spans with few records are asked for page by page, those with many as a file.
/// </summary>
internal sealed class SalesforceSource : ISource, IDisposable
{
    /// <summary>From so many records on a span is asked for as a file: that takes fewer requests of the org's daily number, and does not time out.</summary>
    public const long ManyRecords = 10_000;

    /// <summary>Characters of an address. Salesforce takes 16,384 with the headers, and less where it extends the question; a longer one goes as a file, too.</summary>
    public const int LongestAddress = 8_000;

    private readonly SourceDescription source;
    private readonly VendorConnection vendor;
    private readonly TimeProvider time;
    private readonly Dictionary<string, SalesforceObject> objects = new(StringComparer.Ordinal);

    /// <exception cref="ExtractException">A setting or secret is missing.</exception>
    public SalesforceSource(SourceDescription source, SourceSettings given, ExtractOptions options, TokenStore tokens, TimeProvider time)
    {
        (this.source, this.time) = (source, time);
        vendor = new VendorConnection(source, given, options, tokens, time);
        Streams = source.StreamInfos();
    }

    /// <inheritdoc />
    public string Name => source.Source;

    /// <inheritdoc />
    public SourceKind Kind => source.Kind;

    /// <inheritdoc />
    public IReadOnlyList<StreamInfo> Streams { get; }

    /// <inheritdoc />
    public SourceTraffic Traffic => vendor.Client.Traffic;

    /// <inheritdoc />
    public async IAsyncEnumerable<SourcePage> ReadAsync(StreamInfo stream, ReadPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var described = source.Streams[stream.Name.Stream];
        var bulk = new BulkReading(stream.Name, described, vendor, time);
        var pages = BulkPlace.Parse(place.Resume) is { } reached
            ? bulk.ResumeAsync(reached, place.Window!, cancellationToken)
            : await AskedAsync(stream.Name, described, bulk, place, cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            yield return page;
        }
    }

    /// <inheritdoc />
    public Task TestAsync(CancellationToken cancellationToken) => vendor.TestAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => vendor.Dispose();

    private async Task<IAsyncEnumerable<SourcePage>> AskedAsync(StreamName name, StreamDescription stream, BulkReading bulk, ReadPlace place, CancellationToken cancellationToken)
    {
        var query = new QueryReading(name, stream, vendor, time);
        var asked = await ObjectAsync(name, stream, cancellationToken);
        if (place.Resume is { } changed)
        {
            return query.PagesAsync(asked, new Window(DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture), place.Window!.To), cancellationToken);
        }

        var isMuch = query.Address(asked.InOrder(place.Window!)).AbsoluteUri.Length > LongestAddress
            || await query.CountAsync(asked, place.Window!, cancellationToken) > ManyRecords;
        return isMuch ? bulk.PagesAsync(asked, place.Window!, cancellationToken) : query.PagesAsync(asked, place.Window!, cancellationToken);
    }

    /// <summary>What Salesforce says of the object; asked once, for all windows of a run.</summary>
    private async Task<SalesforceObject> ObjectAsync(StreamName name, StreamDescription stream, CancellationToken cancellationToken)
    {
        if (!objects.TryGetValue(name.Stream, out var known))
        {
            known = await SalesforceObject.DescribedAsync(name, stream, vendor, cancellationToken);
            objects[name.Stream] = known;
        }

        return known;
    }
}
