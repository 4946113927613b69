namespace Cco.Pipeline;

/// <summary>Some records in the order of their source, and the rows between them that could not be read.</summary>
public sealed record RawPage(IReadOnlyList<RawRecord> Records, IReadOnlyList<RejectedRow> Rejected);
