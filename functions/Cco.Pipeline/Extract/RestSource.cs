using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace Cco.Pipeline.Extract;

/// <summary>A source that a YAML file describes.</summary>
internal sealed class RestSource : ISource, IDisposable
{
    private readonly SourceDescription source;
    private readonly SourceAccess access;
    private readonly VendorClient client;
    private readonly TimeProvider time;

    /// <exception cref="ExtractException">A setting or secret is missing.</exception>
    public RestSource(SourceDescription source, SourceSettings given, ExtractOptions options, TokenStore tokens, TimeProvider time)
    {
        (this.source, this.time) = (source, time);
        access = new SourceAccess(source, given);
        client = new VendorClient(source, access, Authorizer, options, time);
        Streams = [.. source.Streams.Select(stream => StreamOf(source.Source, stream.Key, stream.Value))];

        IAuthorizer Authorizer(VendorClient asked) =>
            source.Authentication.Kind is AuthenticationKind.OauthClientCredentials or AuthenticationKind.OauthRefreshToken or AuthenticationKind.OauthJwtBearer
                ? new OAuthAuthorizer(source.Authentication, access, asked, tokens, time)
                : new FixedAuthorizer(source.Authentication, access);
    }

    /// <inheritdoc />
    public string Name => source.Source;

    /// <inheritdoc />
    public SourceKind Kind => source.Kind;

    /// <inheritdoc />
    public IReadOnlyList<StreamInfo> Streams { get; }

    /// <inheritdoc />
    public SourceTraffic Traffic => client.Traffic;

    /// <summary>What a description says of a stream.</summary>
    public static StreamInfo StreamOf(string source, string name, StreamDescription stream)
    {
        var plan = stream.Mode == StreamMode.Windows
            ? new WindowPlan(stream.Incremental!.Lookback, stream.Incremental.Lag, stream.Incremental.FirstWindow, stream.Incremental.LongestWindow, stream.Incremental.WindowRecords)
            : WindowPlan.None;
        return new StreamInfo(new StreamName(source, name), stream.Description, stream.Mode, stream.Mode == StreamMode.Full && stream.DetectsDeletions, plan);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<SourcePage> ReadAsync(StreamInfo stream, ReadPlace place, CancellationToken cancellationToken)
    {
        var described = source.Streams[stream.Name.Stream];
        return described.Parent is { } parent
            ? ChildrenAsync(stream.Name, described, parent, place, cancellationToken)
            : Reading(stream.Name, described).PagesAsync(place, parent: null, cancellationToken);
    }

    /// <inheritdoc />
    public async Task TestAsync(CancellationToken cancellationToken)
    {
        const string What = "the test of the credentials";
        var query = source.Test.Query.Select(parameter => new KeyValuePair<string, string>(parameter.Key, access.Resolve(parameter.Value, null, null) ?? "")).ToList();
        var address = RequestAddress.With(RequestAddress.Below(access.BaseUrl, access.Path(source.Test.Path, null)), query);
        var answer = await client.AskAsync(new VendorRequest(HttpMethod.Get, address, []), What, cancellationToken);
        if (!answer.IsGood)
        {
            throw client.Wrong(What, $"{VendorErrors.Explained(answer)} {source.Title} needs: {string.Join(' ', source.Setup)}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private StreamReading Reading(StreamName name, StreamDescription stream) => new(name, stream, client, access, time);

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
                        async (fields, token) =>
                        {
                            await foreach (var page in reading.PagesAsync(place, fields, token))
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

    private async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> ParentsAsync(ParentDescription parent, ReadPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var described = source.Streams[parent.Stream];
        var names = parent.Fields.Keys.ToList();
        var fields = new FieldPaths([.. parent.Fields.Values, .. parent.Only is { } only ? [only] : Array.Empty<string>()]);
        var window = described.Mode == StreamMode.Full ? null : place.Window ?? new Window(access.Start, time.GetUtcNow());
        await foreach (var page in Reading(new StreamName(source.Source, parent.Stream), described).PagesAsync(new ReadPlace(window, null, null), null, cancellationToken))
        {
            foreach (var record in page.Page.Records.Where(record => !record.IsDeleted))
            {
                var found = fields.Of(Encoding.UTF8.GetBytes(record.Payload));
                if (parent.Only is null || found[^1] is not (null or "false" or "0" or ""))
                {
                    yield return names.Select((field, place) => (field, place)).ToDictionary(pair => pair.field, pair => found[pair.place], StringComparer.Ordinal);
                }
            }
        }
    }
}
