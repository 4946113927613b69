namespace Cco.Pipeline;

/// <summary>A row that cannot become a record: it goes to quarantine, and the rest of its file lands.</summary>
/// <param name="Position">The line of the file it begins on, counted from 1 with the header.</param>
/// <param name="Column">The column that is wrong; null where the whole row is.</param>
/// <param name="Value">What stood there, shortened to 200 characters.</param>
/// <param name="Reason">What is wrong with it and what was expected.</param>
public readonly record struct RejectedRow(long Position, string? Column, string? Value, string Reason);
