using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Functions;

/// <summary>A run that a timer asks for. Where another run builds on the lake already, this one is left out: that one, or the next call, does its work.</summary>
public sealed partial class ScheduledRun(PipelineRun run, LoggedProgress progress, ILogger<ScheduledRun> logger)
{
    /// <summary>Does the run, unless another one is at work.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="timer">What the timer says of its call.</param>
    /// <param name="cancellationToken">The host stops; the run ends with a report that says so.</param>
    /// <exception cref="RunFailedException">The run did not succeed.</exception>
    public async Task RunAsync(RunRequest request, TimerInfo timer, CancellationToken cancellationToken)
    {
        if (timer.IsPastDue)
        {
            CalledLate(timer.ScheduleStatus?.Last, timer.ScheduleStatus?.Next);
        }

        try
        {
            RunFailedException.ThrowIfFailed(await run.RunAsync(request, progress, cancellationToken));
        }
        catch (LakeLeasedException exception)
        {
            LeftToAnother(exception.Holder);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The call comes late: the last one was at {Last}, the next one is planned for {Next}")]
    private partial void CalledLate(DateTime? last, DateTime? next);

    [LoggerMessage(LogLevel.Information, "No run was started: {Holder} is at work on the lake")]
    private partial void LeftToAnother(string holder);
}
