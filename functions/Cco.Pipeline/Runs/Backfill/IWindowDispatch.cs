namespace Cco.Pipeline.Runs;

/// <summary>Tells those who work on backfills of windows that wait. May tell of a window that is done or being worked on: nothing happens twice.</summary>
public interface IWindowDispatch
{
    /// <summary>Tells of windows.</summary>
    /// <param name="backfill">The backfill.</param>
    /// <param name="windows">Their numbers.</param>
    /// <param name="cancellationToken">Ends it; those that were not told of wait.</param>
    Task SendAsync(string backfill, IReadOnlyList<int> windows, CancellationToken cancellationToken);
}

/// <summary>For hosts whose workers look for themselves what there is in the lake.</summary>
public sealed class PolledDispatch : IWindowDispatch
{
    /// <inheritdoc />
    public Task SendAsync(string backfill, IReadOnlyList<int> windows, CancellationToken cancellationToken) => Task.CompletedTask;
}
