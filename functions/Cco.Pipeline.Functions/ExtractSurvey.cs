using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Reads the survey tools: invitations and answers. What it lands is in the marts after the next <see cref="BuildMarts"/>.</summary>
public sealed class ExtractSurvey(ScheduledRun scheduled)
{
    /// <exception cref="RunFailedException">A stream was not read to the end; the next call goes on from there.</exception>
    [Function(nameof(ExtractSurvey))]
    public Task RunAsync([TimerTrigger("%Schedules:ExtractSurvey%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduled.RunAsync(ScheduledWork.ExtractSurvey, timer, cancellationToken);
}
