namespace Cco.Pipeline.Publish;

/// <summary>A mart as the manifest names it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Path">Its immutable file in the lake.</param>
/// <param name="Fingerprint">Everything that made it, hashed: equal fingerprints, equal files.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="RunId">The run that computed it; an unchanged table keeps the file of an earlier run.</param>
public sealed record PublishedTable(string Name, string Path, string Fingerprint, long Rows, string RunId);
