namespace Cco.Pipeline.Land;

/// <summary>A file as it was written first, whose records are in a file that counts.</summary>
/// <param name="Path">Where it was written: what marts, reports and people call it, whatever its records are in now.</param>
/// <param name="Revision">Tells its records from those that landed, where some were changed since; null: they are as they landed.</param>
public sealed record HeldFile(string Path, string? Revision)
{
    /// <summary>When records were last taken out of it, in UTC; null: as many are there as landed.</summary>
    public DateTimeOffset? ThinnedAt { get; init; }
}
