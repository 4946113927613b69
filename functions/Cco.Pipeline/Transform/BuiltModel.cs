using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>What became of a model.</summary>
public enum BuildOutcome
{
    /// <summary>It was computed in this run.</summary>
    Built,

    /// <summary>The same inputs had made it before.</summary>
    Unchanged,

    /// <summary>It could not be computed, or broke its contract.</summary>
    Failed,

    /// <summary>Something that it reads failed.</summary>
    Skipped,
}

/// <summary>The result of one model in one run.</summary>
/// <param name="Name">The model.</param>
/// <param name="Layer">The layer or kind it belongs to.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fingerprint">Everything that made it, hashed.</param>
/// <param name="Path">Where the result is; null where it is none.</param>
/// <param name="Rows">The rows of the result; for an audit, the rows that should not exist.</param>
/// <param name="Duration">The time it took in this run.</param>
/// <param name="Error">Why it failed or was skipped; null where it did not.</param>
public sealed record BuiltModel(
    string Name, string Layer, BuildOutcome Outcome, string Fingerprint, LakePath? Path, long Rows, TimeSpan Duration, string? Error)
{
    /// <summary>The result can be used.</summary>
    public bool IsGood => Outcome is BuildOutcome.Built or BuildOutcome.Unchanged;
}
