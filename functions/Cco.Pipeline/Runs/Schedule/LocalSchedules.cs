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
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Works().Where(work => work.Expression is not null).Select(work => RepeatAsync(work.Name, work.Expression!, work.Work, cancellationToken)).Append(BackfillAsync(cancellationToken)));

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

    /// <summary>The work of each schedule; what has no expression is never done.</summary>
    private IEnumerable<(string Name, string? Expression, Func<CancellationToken, Task> Work)> Works()
    {
        yield return (nameof(options.ExtractCrm), options.ExtractCrm, Run(ScheduledWork.ExtractCrm));
        yield return (nameof(options.ExtractBilling), options.ExtractBilling, Run(ScheduledWork.ExtractBilling));
        yield return (nameof(options.ExtractSurvey), options.ExtractSurvey, Run(ScheduledWork.ExtractSurvey));
        yield return (nameof(options.ExtractSupport), options.ExtractSupport, Run(ScheduledWork.ExtractSupport));
        yield return (nameof(options.SweepLanding), options.SweepLanding, token => SweepAsync(Run(ScheduledWork.SweepLanding), token));
        yield return (nameof(options.BuildMarts), options.BuildMarts, Run(ScheduledWork.BuildMarts));
        yield return (nameof(options.Vacuum), options.Vacuum, vacuum.RunAsync);
    }

    private Func<CancellationToken, Task> Run(RunRequest request) => token => run.RunAsync(request, progress, token);

    /// <summary>Where nothing waits, there is no run.</summary>
    private async Task SweepAsync(Func<CancellationToken, Task> sweep, CancellationToken cancellationToken)
    {
        if (await landing.IsWaitingAsync(cancellationToken))
        {
            await sweep(cancellationToken);
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
