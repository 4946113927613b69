namespace Cco.Pipeline.Land;

/// <summary>A document of the lake changed between reading and replacing it.</summary>
public sealed class LakeConflictException(LakePath path)
    : IOException($"'{path}' was changed by someone else since it was read. Nothing was written; run again to work on the newer version.");
