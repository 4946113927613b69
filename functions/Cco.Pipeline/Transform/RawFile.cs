using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>A raw file of a stream, and the name of its typed copy in the stage cache.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Path">Where it is in the lake.</param>
public sealed record RawFile(StreamName Stream, LakePath Path)
{
    /// <summary>The name of the file within the cache of a staging model.</summary>
    public string Id { get; } = Fingerprint.Of([Path.Value]);

    /// <summary>Its size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The files as they landed whose records are in it: itself, unless it stands in the place of others.</summary>
    public IReadOnlyList<HeldFile> Holds { get; init; } = [new HeldFile(Path.Value, null)];

    /// <summary>What its records are, whichever file they are in: by the files as they landed.</summary>
    internal IEnumerable<(string Path, string Id)> Content =>
        Holds.Select(file => (file.Path, file.Revision is null ? Fingerprint.Of([file.Path]) : Fingerprint.Of([file.Path, file.Revision])));
}
