using System.Text.Json;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>
/// How far a stream has been read. It is written into each raw file as that file lands, so that file and place appear together; the
/// document in <c>state/</c> is a copy that saves looking for the last file.
/// </summary>
/// <param name="Sequence">The number of the last raw file; the next one has the next number.</param>
/// <param name="Watermark">What changed before it has been read; null: nothing has.</param>
/// <param name="ReadAt">When the window before the watermark was read: what the vendor shows late can only have been missed shortly before.</param>
/// <param name="Kept">The vendor's token for what it has not given yet; null: none.</param>
/// <param name="Span">The length of the next window.</param>
/// <param name="Open">A reading that was not finished; null where none is.</param>
/// <param name="Whole">The last whole reading of a stream that is read in full.</param>
/// <param name="Unsettled">A whole reading after it, of which nobody has found out yet what is gone.</param>
public sealed record StreamState(
    long Sequence, DateTimeOffset? Watermark, DateTimeOffset? ReadAt, string? Kept, TimeSpan? Span, OpenReading? Open, WholeReading? Whole, WholeReading? Unsettled)
{
    /// <summary>Nothing has been read.</summary>
    public static StreamState None { get; } = new(0, null, null, null, null, null, null, null);

    /// <summary>Where the copy of the state of a stream is.</summary>
    public static LakePath PathOf(StreamName stream) => new($"state/{stream.Source}/{stream.Stream}.json");

    internal string Text() => JsonSerializer.Serialize(this, PipelineJson.Compact);

    internal static StreamState Parse(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize<StreamState>(text, PipelineJson.Compact)!;
}

/// <summary>A reading that was not finished.</summary>
/// <param name="From">The first instant of its window; null where it has none.</param>
/// <param name="To">The first instant after its window.</param>
/// <param name="Resume">The token that it can go on with.</param>
/// <param name="First">The number of its first raw file.</param>
public sealed record OpenReading(DateTimeOffset? From, DateTimeOffset? To, string Resume, long First);

/// <summary>A whole reading: the numbers of its raw files, what it found to be gone not among them.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="At">When it began.</param>
public sealed record WholeReading(long First, long Last, DateTimeOffset At);
