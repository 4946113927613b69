namespace Cco.Pipeline.Land;

/// <summary>A small document and the tag of the version that was read: it is replaced only under that tag.</summary>
public sealed record LakeDocument(ReadOnlyMemory<byte> Content, string Tag);
