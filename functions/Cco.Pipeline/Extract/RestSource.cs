using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace Cco.Pipeline.Extract;

/// <summary>A source that a YAML file describes.</summary>
internal sealed class RestSource : ISource, IDisposable
{
    private readonly SourceDescription source;
    private readonly VendorConnection vendor;
    private readonly TimeProvider time;

    /// <exception cref="ExtractException">A setting or secret is missing.</exception>
    public RestSource(SourceDescription source, SourceSettings given, ExtractOptions options, TokenStore tokens, TimeProvider time)
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
    public IAsyncEnumerable<SourcePage> ReadAsync(StreamInfo stream, ReadPlace place, CancellationToken cancellationToken)
    {
        var described = source.Streams[stream.Name.Stream];
        return described.Parent is { } parent
            ? ChildrenAsync(stream.Name, described, parent, place, cancellationToken)
            : Reading(stream.Name, described).PagesAsync(place, parent: null, cancellationToken);
    }

    /// <inheritdoc />
    public Task TestAsync(CancellationToken cancellationToken) => vendor.TestAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => vendor.Dispose();

    private StreamReading Reading(StreamName name, StreamDescription stream) => new(name, stream, vendor.Client, vendor.Access, time);

    /// <summary>Goes through the parents, some at a time, and reads the children of each. Pages of several parents come as they come.</summary>
    private async IAsyncEnumerable<SourcePage> ChildrenAsync(
        StreamName name, StreamDescription child, ParentDescription parent, ReadPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Channel.CreateBounded<SourcePage>(source.Limits.Concurrency);
        var reading = Reading(name, child);
        var work = Task.Run(
            async () =>
            {
                Exception? failure = null;
                try
                {
                    await Parallel.ForEachAsync(
                        ParentsAsync(parent, place, ended.Token),
                        new ParallelOptions { MaxDegreeOfParallelism = source.Limits.Concurrency, CancellationToken = ended.Token },
                        async (found, token) =>
                        {
                            var children = found.IsAsked ? reading.PagesAsync(place, found.Fields, token) : AsyncEnumerable.Repeat(reading.Alone(found.Fields), 1);
                            await foreach (var page in children.WithCancellation(token))
                            {
                                await pages.Writer.WriteAsync(page, token);
                            }
                        });
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
                finally
                {
                    pages.Writer.Complete(failure);
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken))
            {
                yield return page;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await work;
        }
    }

    private async IAsyncEnumerable<FoundParent> ParentsAsync(ParentDescription parent, ReadPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var described = source.Streams[parent.Stream];
        var names = parent.Fields.Keys.ToList();
        var fields = new FieldPaths([.. parent.Fields.Values, .. parent.Only is { } only ? [only] : Array.Empty<string>()]);
        var window = described.Mode == StreamMode.Full ? null : place.Window ?? new Window(vendor.Access.Start, time.GetUtcNow());
        await foreach (var page in Reading(new StreamName(source.Source, parent.Stream), described).PagesAsync(new ReadPlace(window, null, null), null, cancellationToken))
        {
            foreach (var record in page.Page.Records.Where(record => !record.IsDeleted))
            {
                var found = fields.Of(Encoding.UTF8.GetBytes(record.Payload));
                var isAsked = parent.Only is null || found[^1] is not (null or "false" or "0" or "");
                if (isAsked || parent.LandsOthers)
                {
                    yield return new FoundParent(names.Select((field, place) => (field, place)).ToDictionary(pair => pair.field, pair => found[pair.place], StringComparer.Ordinal), isAsked);
                }
            }
        }
    }

    /// <summary>A record whose children are read.</summary>
    /// <param name="Fields">Its fields that are used.</param>
    /// <param name="IsAsked">Whether there may be children; else it stands for itself.</param>
    private sealed record FoundParent(IReadOnlyDictionary<string, string?> Fields, bool IsAsked);
}
