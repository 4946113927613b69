using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Deletes what nobody needs any more, by the settings <c>Retention</c>: old published runs, and results that no run uses.</summary>
public sealed class Vacuum(ScheduledRun scheduled, LakeVacuum vacuum)
{
    /// <exception cref="TransformException">The models are wrong, so that nobody knows which results the next run uses.</exception>
    [Function(nameof(Vacuum))]
    public Task RunAsync([TimerTrigger("%Schedules:Vacuum%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.DoAsync(vacuum.RunAsync, timer, cancellationToken);
}
