namespace Cco.Pipeline.Land;

/// <summary>A file of the lake as a listing shows it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ModifiedAt">When it was written, in UTC.</param>
public sealed record LakeFile(LakePath Path, long Length, DateTimeOffset ModifiedAt);
