using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Reads the billing systems: subscriptions, invoices, payments. What it lands is in the marts after the next <see cref="BuildMarts"/>.</summary>
public sealed class ExtractBilling(ScheduledRun scheduled)
{
    /// <exception cref="RunFailedException">A stream was not read to the end; the next call goes on from there.</exception>
    [Function(nameof(ExtractBilling))]
    public Task RunAsync([TimerTrigger("%Schedules:ExtractBilling%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.RunAsync(ScheduledWork.ExtractBilling, timer, cancellationToken);
}
