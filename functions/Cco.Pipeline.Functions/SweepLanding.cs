using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Functions;

/// <summary>Takes in what waits on <c>landing/</c> and no event has told of, and tells again of windows of backfills that no message has told of. Where nothing waits, there is no run.</summary>
public sealed partial class SweepLanding(ScheduledRun scheduled, LandingSweep landing, Backfills backfills, ILogger<SweepLanding> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <exception cref="RunFailedException">Nothing could be taken in.</exception>
    [Function(nameof(SweepLanding))]
    public async Task RunAsync([TimerTrigger("%Schedules:SweepLanding%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var backfill in await backfills.RemindAsync(Quiet, cancellationToken))
        {
            Reminded(backfill, Quiet);
        }

        if (await landing.IsWaitingAsync(cancellationToken))
        {
            await scheduled.RunAsync(ScheduledWork.SweepLanding, timer, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Windows of backfill {Backfill} are told of again: nothing has been heard of it for {Quiet}")]
    private partial void Reminded(string backfill, TimeSpan quiet);
}
