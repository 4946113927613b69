using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Reads the CRMs: customers, contacts, opportunities. What it lands is in the marts after the next <see cref="BuildMarts"/>.</summary>
public sealed class ExtractCrm(ScheduledRun scheduled)
{
    /// <exception cref="RunFailedException">A stream was not read to the end; the next call goes on from there.</exception>
    [Function(nameof(ExtractCrm))]
    public Task RunAsync([TimerTrigger("%Schedules:ExtractCrm%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.RunAsync(ScheduledWork.ExtractCrm, timer, cancellationToken);
}
