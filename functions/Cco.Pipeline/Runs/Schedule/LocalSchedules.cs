using Cco.Pipeline.Land;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Does in this process what a platform does for the Functions app: starts the work of each schedule when its time comes, and works on backfills that
/// are running. Nothing is made up for that was to be done while the process was not there, or was still at the call before.
/// </summary>
public sealed partial class LocalSchedules(
    PipelineRun run, LandingSweep landing, LakeVacuum vacuum, Backfills backfills, BackfillRunner runner, SchedulesOptions options, LoggedProgress progress, TimeProvider time,
    ILogger<LocalSchedules> logger)
{
    /// <summary>How often backfills are looked for.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How long the clock is not looked at.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Works until it is ended.</summary>
    /// <param name="cancellationToken">Ends it; runs that are at work write their reports.</param>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var works = ScheduledWork.Of(options).Select(work => RepeatAsync(work.Name, work.Expression, token => RunAsync(work.Work, token), cancellationToken)).Append(BackfillAsync(cancellationToken));
        return Task.WhenAll(options.Vacuum is { } expression ? works.Append(RepeatAsync(nameof(options.Vacuum), expression, vacuum.RunAsync, cancellationToken)) : works);
    }

    [LoggerMessage(LogLevel.Information, "{Name} is next done at {At}")]
    private partial void Next(string name, DateTime at);

    [LoggerMessage(LogLevel.Information, "{Name} was left to {Holder}, who is at work on the lake")]
    private partial void LeftToAnother(string name, string holder);

    [LoggerMessage(LogLevel.Error, "{Name} failed")]
    private partial void WorkFailed(Exception exception, string name);

    private async Task RepeatAsync(string name, string expression, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var schedule = ScheduleAttribute.Parse(expression)!;
        while (true)
        {
            var next = schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime);
            Next(name, next);
            await WaitAsync(new DateTimeOffset(next, TimeSpan.Zero), cancellationToken);
            await GuardAsync(name, () => work(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Waits for a moment, looking at the clock now and then, which somebody may set; a moment that has passed meanwhile is there at once.</summary>
    private async Task WaitAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        for (var left = moment - time.GetUtcNow(); left > TimeSpan.Zero; left = moment - time.GetUtcNow())
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellationToken);
        }
    }

    private async Task RunAsync(RunRequest work, CancellationToken cancellationToken)
    {
        if (work.Only != RunStage.Intake || await landing.IsWaitingAsync(cancellationToken))
        {
            await run.RunAsync(work, progress, cancellationToken);
        }
    }

    private async Task BackfillAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var ended = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await GuardAsync(nameof(Backfill), () => BackfillAsync(ended, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Works on what is running. What has ended is not looked at again before something is asked of it.</summary>
    private async Task BackfillAsync(Dictionary<string, int> seen, CancellationToken cancellationToken)
    {
        foreach (var (id, _) in (await backfills.FilesAsync(cancellationToken)).Where(backfill => seen.GetValueOrDefault(backfill.Key) != backfill.Value))
        {
            var report = await runner.RunAsync(id, progress, new Progress<BackfillReport>(), cancellationToken);
            if (report.IsEnded)
            {
                seen[id] = (await backfills.FilesAsync(cancellationToken)).GetValueOrDefault(id);
            }
        }
    }

    /// <summary>What went wrong is in the log, and the next call comes all the same.</summary>
    private async Task GuardAsync(string name, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (LakeLeasedException exception)
        {
            LeftToAnother(name, exception.Holder);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            WorkFailed(exception, name);
        }
    }
}
