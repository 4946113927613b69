using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>
/// Reads one window of a backfill, and publishes where it was the last. A message that comes twice does nothing twice; an instance that dies has its message come
/// again, and the next one goes on.
/// </summary>
public sealed class ReadBackfillWindow(BackfillRunner runner, LoggedProgress progress)
{
    /// <exception cref="IOException">The lake does not answer, or does not know the backfill; the host tries again.</exception>
    [Function(nameof(ReadBackfillWindow))]
    public Task RunAsync([QueueTrigger(WindowMessage.Queue, Connection = WindowMessage.Connection)] string message, CancellationToken cancellationToken)
    {
        var (backfill, window) = WindowMessage.Parse(message);
        return runner.RunWindowAsync(backfill, window, progress, cancellationToken);
    }
}
