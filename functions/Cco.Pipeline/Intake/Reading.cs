namespace Cco.Pipeline.Intake;

/// <summary>The reading of one dropped file: what every step of it needs to know.</summary>
/// <param name="File">What messages call the file.</param>
/// <param name="Table">Where it was dropped.</param>
/// <param name="ReadAt">When the reading began: the time of change of records that have none.</param>
/// <param name="Options">The limits.</param>
internal sealed record Reading(string File, LandingTable Table, DateTimeOffset ReadAt, IntakeOptions Options)
{
    /// <summary>The file within a zip; null outside of one.</summary>
    public string? Entry { get; init; }

    /// <summary>The encoding that the text may have, where some of it is not UTF-8; null where nothing points to one.</summary>
    public string? SuspectedEncoding { get; init; }

    /// <summary>The name whose ending says what kind of text this may be.</summary>
    public string ContentName =>
        Entry ?? (File.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? File[..^".gz".Length] : File);

    /// <summary>The failure of the whole file.</summary>
    /// <param name="problem">What is wrong, where, and what to do.</param>
    /// <param name="inner">What was caught.</param>
    public UnreadableFileException Unreadable(string problem, Exception? inner = null) =>
        new($"{File}{(Entry is null ? "" : $" ({Entry})")}: {problem}", inner);
}
