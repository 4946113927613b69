using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Reads the support desks: tickets and their events. What it lands is in the marts after the next <see cref="BuildMarts"/>.</summary>
public sealed class ExtractSupport(ScheduledRun scheduled)
{
    /// <exception cref="RunFailedException">A stream was not read to the end; the next call goes on from there.</exception>
    [Function(nameof(ExtractSupport))]
    public Task RunAsync([TimerTrigger("%Schedules:ExtractSupport%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.RunAsync(ScheduledWork.ExtractSupport, timer, cancellationToken);
}
