namespace Cco.Pipeline.Runs;

/// <summary>How it stands with a backfill.</summary>
public enum BackfillStatus
{
    /// <summary>Windows are or wait to be read, or the marts are being built.</summary>
    Running,

    /// <summary>It waits until someone has it go on; windows that had been begun are finished.</summary>
    Paused,

    /// <summary>It was given up. What had been read stays.</summary>
    Canceled,

    /// <summary>Everything was read, and the marts that everybody reads have it; of a dry run, what would change is known.</summary>
    Succeeded,

    /// <summary>Windows could not be read, or the marts not be built; what went right stays, and a retry does the rest.</summary>
    Failed,
}

/// <summary>How it stands with a backfill, and with each of its windows.</summary>
/// <param name="Backfill">What is to be done.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Waiting">Windows that nobody has begun.</param>
/// <param name="Begun">Windows that have been begun and have not ended.</param>
/// <param name="Done">Windows that were read.</param>
/// <param name="Failed">Windows that could not be read.</param>
/// <param name="Rows">Records that landed, by the last attempt at each window.</param>
/// <param name="Deleted">Of these, records that the vendor has no more.</param>
/// <param name="Calls">Requests that were made, by the last attempt at each window.</param>
/// <param name="MinutesLeft">Minutes that are left if windows go on to take as long as they did; null where that cannot be told.</param>
/// <param name="Result">How it ended; null where it has not.</param>
/// <param name="Windows">What has become of the windows that were begun, by number.</param>
public sealed record BackfillReport(
    Backfill Backfill,
    BackfillStatus Status,
    int Waiting,
    int Begun,
    int Done,
    int Failed,
    long Rows,
    long Deleted,
    long Calls,
    double? MinutesLeft,
    BackfillResult? Result,
    IReadOnlyDictionary<int, WindowState> Windows)
{
    /// <summary>Nothing happens any more unless someone asks for it.</summary>
    public bool IsEnded => Status is BackfillStatus.Canceled or BackfillStatus.Succeeded or BackfillStatus.Failed;

    internal static BackfillReport Of(Backfill backfill, BackfillOrder order, BackfillResult? result, IReadOnlyDictionary<int, WindowState> windows)
    {
        var counts = windows.Values.CountBy(window => window.Status).ToDictionary();
        var (done, failed, begun) = (counts.GetValueOrDefault(WindowStatus.Done), counts.GetValueOrDefault(WindowStatus.Failed), counts.GetValueOrDefault(WindowStatus.Begun));
        var waiting = backfill.Windows.Count - windows.Count;
        var receipts = windows.Values.Select(window => window.Receipt).OfType<StreamReceipt>().ToList();
        return new BackfillReport(
            backfill,
            StatusOf(order, result, hasFailed: failed > 0, isRead: waiting + begun == 0),
            waiting,
            begun,
            done,
            failed,
            receipts.Sum(receipt => receipt.Rows),
            receipts.Sum(receipt => receipt.Deleted),
            receipts.Sum(receipt => receipt.Requests),
            Left(windows, waiting + begun),
            result,
            windows);
    }

    private static BackfillStatus StatusOf(BackfillOrder order, BackfillResult? result, bool hasFailed, bool isRead) =>
        order == BackfillOrder.Cancel ? BackfillStatus.Canceled
        : result is not null ? result.Error is null ? BackfillStatus.Succeeded : BackfillStatus.Failed
        : hasFailed && isRead ? BackfillStatus.Failed
        : order == BackfillOrder.Pause ? BackfillStatus.Paused
        : BackfillStatus.Running;

    /// <summary>As long for each window that is left as the others took, whoever worked at the same time.</summary>
    private static double? Left(IReadOnlyDictionary<int, WindowState> windows, int left)
    {
        var ended = windows.Values.Where(window => window.EndedAt is not null).ToList();
        return ended.Count == 0 ? null : Math.Round((ended.Max(window => window.EndedAt!.Value) - ended.Min(window => window.BegunAt)).TotalMinutes / ended.Count * left, 1);
    }
}

/// <summary>What is asked of those who work on a backfill.</summary>
public enum BackfillOrder
{
    /// <summary>Go on.</summary>
    Run,

    /// <summary>Begin no window until told to go on.</summary>
    Pause,

    /// <summary>Begin no window any more.</summary>
    Cancel,
}

/// <summary>How a backfill ended.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="RunId">The run that published the marts; null: of a dry run there is none.</param>
/// <param name="ChangedNumbers">The numbers of KPIs that a dry run found to change; null: it was none, or nothing has been published to hold it against.</param>
/// <param name="Error">Why the marts could not be built or published; null where they were.</param>
public sealed record BackfillResult(DateTimeOffset At, string? RunId, int? ChangedNumbers, string? Error);
