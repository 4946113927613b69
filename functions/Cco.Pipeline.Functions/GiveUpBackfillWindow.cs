using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Notes in a backfill that the host has given one of its windows up, so that whoever looks at it sees it, and can have it tried again.</summary>
public sealed class GiveUpBackfillWindow(BackfillWorker worker)
{
    private const string Error =
        "The host gave it up after five attempts that ended in the middle: the log of ReadBackfillWindow says why. Have it tried again when that has been mended.";

    /// <exception cref="IOException">The lake does not answer; the host tries again.</exception>
    [Function(nameof(GiveUpBackfillWindow))]
    public Task RunAsync([QueueTrigger(WindowMessage.GivenUp, Connection = WindowMessage.Connection)] string message, CancellationToken cancellationToken)
    {
        var (backfill, window) = WindowMessage.Parse(message);
        return worker.GiveUpAsync(backfill, window, Error, cancellationToken);
    }
}
