using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Begins runs at a time that is not before the end of the last one: of two versions of a record the one that landed later counts, so what landed
/// under a clock that has been set back would count as older than what it corrects.
/// </summary>
internal static class RunClock
{
    /// <summary>A clock that is behind by no more is waited for: clocks are corrected by as much all the time, and differ by as much between machines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The id of a run that begins now.</summary>
    /// <exception cref="ClockBehindException">The clock is further behind than can be waited for.</exception>
    public static async Task<RunId> BeginAsync(ILake lake, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await RunReport.LatestFirstAsync(lake, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } last)
        {
            while (last.EndedAt - time.GetUtcNow() is { Ticks: > 0 } behind)
            {
                if (behind > Patience)
                {
                    throw new ClockBehindException(time.GetUtcNow(), last);
                }

                await Task.Delay(behind, time, cancellationToken);
            }
        }

        return RunId.Begin(time);
    }
}
