using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>A raw file of a stream, and the name of its typed copy in the stage cache.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Path">Where it is in the lake.</param>
public sealed record RawFile(StreamName Stream, LakePath Path)
{
    /// <summary>The name of the file within the cache of a staging model.</summary>
    public string Id { get; } = Fingerprint.Of([Path.Value]);
}
