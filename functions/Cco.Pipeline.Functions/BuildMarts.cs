using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Reads the sources that no other timer reads, such as exchange rates, takes in what was dropped, builds the marts and publishes them.</summary>
public sealed class BuildMarts(ScheduledRun scheduled)
{
    /// <exception cref="RunFailedException">The run did not succeed; if it published nothing, the marts stay those of the last one that did.</exception>
    [Function(nameof(BuildMarts))]
    public Task RunAsync([TimerTrigger("%Schedules:BuildMarts%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.RunAsync(ScheduledWork.BuildMarts, timer, cancellationToken);
}
