namespace Cco.Pipeline.Land;

/// <summary>The receipt of one raw file: what landed, from where, and how much of it could not be used.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Path">Where it is in the lake.</param>
/// <param name="Rows">The records in it.</param>
/// <param name="Rejected">The rows that went to quarantine instead.</param>
/// <param name="Bytes">The size of the raw file.</param>
/// <param name="Sha256">The hash of the raw file, in lower-case hexadecimal.</param>
/// <param name="FirstChange">The earliest change in it; null where it is empty.</param>
/// <param name="LastChange">The latest change in it; null where it is empty.</param>
public sealed record LandedFile(
    StreamName Stream,
    LakePath Path,
    long Rows,
    long Rejected,
    long Bytes,
    string Sha256,
    DateTimeOffset? FirstChange,
    DateTimeOffset? LastChange)
{
    /// <summary>The records and rejected rows that named someone who was forgotten: a pseudonym landed instead.</summary>
    public long Erased { get; init; }
}
