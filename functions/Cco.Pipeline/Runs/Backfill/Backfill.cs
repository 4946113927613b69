using System.Text.Json;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>A span of a source that is read again: written once when it is started, and worked on by whoever finds it.</summary>
/// <param name="Id">Its id, which sorts by the time it was started.</param>
/// <param name="Source">The source.</param>
/// <param name="From">The first day that is read, in UTC.</param>
/// <param name="Until">The first day after the last, in UTC.</param>
/// <param name="Replaces">Records of the span that the vendor has no more count as deleted.</param>
/// <param name="IsDryRun">Nothing becomes part of the lake.</param>
/// <param name="Estimate">What it was expected to take.</param>
/// <param name="Windows">The pieces it is read in, by their number.</param>
public sealed record Backfill(
    string Id, string Source, DateOnly From, DateOnly Until, bool Replaces, bool IsDryRun, BackfillEstimate Estimate, IReadOnlyList<BackfillWindow> Windows)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">The text is no id.</exception>
    /// <exception cref="FileNotFoundException">There is none of that id.</exception>
    internal static async Task<Backfill> ReadAsync(ILake lake, BackfillFolder folder, CancellationToken cancellationToken) =>
        await lake.ReadAsync(folder.Document, cancellationToken) is { } document
            ? JsonSerializer.Deserialize<Backfill>(document.Content.Span, PipelineJson.Readable)!
            : throw new FileNotFoundException($"There is no backfill '{folder.Id}'; `cco backfill list` shows those that there are.", folder.Id);
}

/// <summary>A piece of a backfill: one worker reads it, the others leave it alone.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Stream">The stream.</param>
/// <param name="From">The first instant of it; null: the stream cannot be asked for a span and is read whole.</param>
/// <param name="Until">The first instant after it; null: up to now.</param>
public sealed record BackfillWindow(int Number, string Stream, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>What a backfill is expected to take, after what the streams took before.</summary>
/// <param name="Calls">Requests to the vendor.</param>
/// <param name="Minutes">Minutes of one worker, at the pace that the vendor allows.</param>
/// <param name="Unmeasured">Streams that have not been read before: one request a window is counted for them, and there will be more.</param>
public sealed record BackfillEstimate(long Calls, double Minutes, IReadOnlyList<string> Unmeasured);
