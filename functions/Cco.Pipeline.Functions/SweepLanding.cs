using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Takes in what waits on <c>landing/</c> and no event has told of, and tells again of windows of backfills that no message has told of. Where nothing waits, there is no run.</summary>
public sealed class SweepLanding(ScheduledRun scheduled, LandingSweep landing, Backfills backfills)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <exception cref="RunFailedException">Nothing could be taken in.</exception>
    [Function(nameof(SweepLanding))]
    public async Task RunAsync([TimerTrigger("%Schedules:SweepLanding%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await backfills.RemindAsync(Quiet, cancellationToken);
        if (await landing.IsWaitingAsync(cancellationToken))
        {
            await scheduled.RunAsync(ScheduledWork.SweepLanding, timer, cancellationToken);
        }
    }
}
