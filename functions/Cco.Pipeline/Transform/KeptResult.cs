namespace Cco.Pipeline.Transform;

/// <summary>What was written of a result.</summary>
/// <param name="Rows">The number of its rows.</param>
/// <param name="Parts">A file for each bucket, where it was made in buckets, for the customer-scoped models that read it.</param>
internal sealed record KeptResult(long Rows, IReadOnlyList<string> Parts);
