using System.Threading.Channels;
using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Runs;

/// <summary>Reads the next pages of a source while those before them land. A failure is heard of after the pages that came before it.</summary>
internal sealed class PagesAhead : IAsyncDisposable
{
    private const int Pages = 2;

    private readonly Channel<SourcePage> pages = Channel.CreateBounded<SourcePage>(Pages);
    private readonly CancellationTokenSource ended;
    private readonly Task reading;

    public PagesAhead(Func<CancellationToken, IAsyncEnumerable<SourcePage>> read, CancellationToken cancellationToken)
    {
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        reading = Task.Run(() => ReadAsync(read(ended.Token)), CancellationToken.None);
    }

    /// <summary>The next page; null after the last.</summary>
    public async ValueTask<SourcePage?> NextAsync(CancellationToken cancellationToken) =>
        await pages.Reader.WaitToReadAsync(cancellationToken) && pages.Reader.TryRead(out var page) ? page : null;

    /// <summary>Ends the reading.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await reading;
        ended.Dispose();
    }

    private async Task ReadAsync(IAsyncEnumerable<SourcePage> source)
    {
        Exception? failure = null;
        try
        {
            await foreach (var page in source)
            {
                await pages.Writer.WriteAsync(page, ended.Token);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            pages.Writer.Complete(failure);
        }
    }
}
