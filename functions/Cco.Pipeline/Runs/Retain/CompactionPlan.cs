using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>The small raw files that become fewer.</summary>
/// <param name="Days">By stream and day; a day that kept runs tell apart has several.</param>
public sealed record CompactionPlan(IReadOnlyList<CompactedDay> Days);

/// <summary>Small raw files that become one.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Day">The folder of the day that they landed on.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Bytes">Their size.</param>
public sealed record CompactedDay(string Stream, string Day, int Files, long Bytes)
{
    internal IReadOnlyList<RawFile> Parts { get; init; } = [];
}
