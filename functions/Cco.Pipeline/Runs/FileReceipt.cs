namespace Cco.Pipeline.Runs;

/// <summary>What became of a dropped file.</summary>
public enum FileOutcome
{
    /// <summary>Its rows landed; those that could not be read are in quarantine.</summary>
    Landed,

    /// <summary>The same bytes had landed before, so nothing was done.</summary>
    Duplicate,

    /// <summary>It could not be read; it lies in <c>landing-failed/</c> with the reason beside it.</summary>
    Failed,
}

/// <summary>What became of one dropped file in one run.</summary>
/// <param name="File">Its name.</param>
/// <param name="Table">The table it was dropped for.</param>
/// <param name="Stream">The stream it landed in; null where it did not.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Rows">The records that landed.</param>
/// <param name="Rejected">The rows that went to quarantine.</param>
/// <param name="Bytes">The size of the file as it was dropped.</param>
/// <param name="RawFile">The raw file that holds its records; null where there is none.</param>
/// <param name="Sha256">The hash of the raw file.</param>
/// <param name="FirstChange">The earliest change in it.</param>
/// <param name="LastChange">The latest change in it.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record FileReceipt(
    string File,
    string Table,
    string? Stream,
    FileOutcome Outcome,
    long Rows,
    long Rejected,
    long Bytes,
    string? RawFile,
    string? Sha256,
    DateTimeOffset? FirstChange,
    DateTimeOffset? LastChange,
    string? Reason)
{
    /// <summary>The file names, or may name, someone who was forgotten: it is not kept.</summary>
    internal bool HoldsForgotten { get; init; }
}
