using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Functions;

/// <summary>Work that a timer asks for. Where another run builds on the lake already, it is left out: that one, or the next call, does it.</summary>
public sealed partial class ScheduledRun(PipelineRun run, LoggedProgress progress, ILogger<ScheduledRun> logger)
{
    /// <summary>Does the run, unless another one is at work.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="timer">What the timer says of its call.</param>
    /// <param name="cancellationToken">The host stops; the run ends with a report that says so.</param>
    /// <exception cref="RunFailedException">The run did not succeed.</exception>
    public Task RunAsync(RunRequest request, TimerInfo timer, CancellationToken cancellationToken) =>
        DoAsync(async token => RunFailedException.ThrowIfFailed(await run.RunAsync(request, progress, token)), timer, cancellationToken);

    /// <summary>Does something that needs the lake to itself, unless a run is at work.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="timer">What the timer says of its call.</param>
    /// <param name="cancellationToken">The host stops.</param>
    public async Task DoAsync(Func<CancellationToken, Task> work, TimerInfo timer, CancellationToken cancellationToken)
    {
        if (timer.IsPastDue)
        {
            CalledLate(timer.ScheduleStatus?.Last, timer.ScheduleStatus?.Next);
        }

        try
        {
            await work(cancellationToken);
        }
        catch (LakeLeasedException exception)
        {
            LeftToAnother(exception.Holder);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The call comes late: the last one was at {Last}, the next one is planned for {Next}")]
    private partial void CalledLate(DateTime? last, DateTime? next);

    [LoggerMessage(LogLevel.Information, "Nothing was started: {Holder} is at work on the lake")]
    private partial void LeftToAnother(string holder);
}
