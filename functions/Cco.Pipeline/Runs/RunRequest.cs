using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Runs;

/// <summary>What a run is to do.</summary>
/// <param name="AsOf">The first day its numbers do not cover; null: today in the reporting time zone.</param>
/// <param name="Only">The one stage to do; null: all of them.</param>
/// <param name="IsDryRun">Build all and publish nothing, so that the result can be looked at first.</param>
/// <param name="Sources">The sources to read; null: all that are enabled, of <paramref name="Kinds"/>.</param>
/// <param name="Kinds">The kinds of sources to read, where none is named; null: all.</param>
public sealed record RunRequest(
    DateOnly? AsOf = null, RunStage? Only = null, bool IsDryRun = false, IReadOnlyList<string>? Sources = null, IReadOnlyList<SourceKind>? Kinds = null)
{
    /// <summary>Whether a stage is to be done. Publishing needs what transforming finds, so it does both.</summary>
    internal bool Includes(RunStage stage) => Only is null || Only == stage || (Only == RunStage.Publish && stage == RunStage.Transform);
}
