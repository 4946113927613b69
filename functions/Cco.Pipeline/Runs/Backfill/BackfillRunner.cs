using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>Has this process work on a backfill, beside any number of others, until there is nothing left to do.</summary>
public sealed class BackfillRunner(ILake lake, Backfills backfills, BackfillWorker worker, BackfillEnd end, TimeProvider time)
{
    /// <summary>The wait where all that is left is in other hands, and the least time between two reports.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Works until the backfill has ended, or waits by order.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="progress">Hears how the work goes on.</param>
    /// <param name="reports">Hears now and then how it stands.</param>
    /// <param name="cancellationToken">Ends the work of this process.</param>
    /// <exception cref="FileNotFoundException">There is no backfill of that id.</exception>
    public async Task<BackfillReport> RunAsync(string id, IRunProgress progress, IProgress<BackfillReport> reports, CancellationToken cancellationToken)
    {
        while (true)
        {
            var report = await backfills.ReportAsync(id, cancellationToken);
            reports.Report(report);
            if (report.Status != BackfillStatus.Running)
            {
                return report;
            }

            if (!await WorkAsync(report, progress, cancellationToken) && !await end.TryAsync(id, progress, cancellationToken))
            {
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    /// <summary>Sees that a window is read, and ends the backfill where it was the last: what a message that tells of a window asks for. Where another worker is at it, waits what becomes of that.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="number">The number of the window.</param>
    /// <param name="progress">Hears how the work goes on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">There is no backfill of that id, or no such window of it.</exception>
    public async Task RunWindowAsync(string id, int number, IRunProgress progress, CancellationToken cancellationToken)
    {
        var backfill = await Backfill.ReadAsync(lake, new BackfillFolder(id), cancellationToken);
        var window = backfill.Windows.FirstOrDefault(window => window.Number == number) ?? throw new FileNotFoundException($"The backfill {id} has no window {number}.");
        while (await worker.TryWorkAsync(backfill, window, progress, cancellationToken) == WindowTurn.Busy)
        {
            await Task.Delay(Interval, time, cancellationToken);
        }

        await end.TryAsync(id, progress, cancellationToken);
    }

    /// <summary>Works on what is left, until it is time to tell how it stands.</summary>
    /// <returns>Whether there was a window to work on.</returns>
    private async Task<bool> WorkAsync(BackfillReport report, IRunProgress progress, CancellationToken cancellationToken)
    {
        var (worked, began) = (false, time.GetTimestamp());
        foreach (var window in report.Backfill.Windows.Where(window => report.Windows.GetValueOrDefault(window.Number)?.IsEnded != true))
        {
            worked |= await worker.TryWorkAsync(report.Backfill, window, progress, cancellationToken) == WindowTurn.Ended;
            if (worked && time.GetElapsedTime(began) > Interval)
            {
                break;
            }
        }

        return worked;
    }
}
