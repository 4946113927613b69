namespace Cco.Pipeline.Land;

/// <summary>A file of the lake as a listing shows it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ModifiedAt">When it was written, in UTC.</param>
public sealed record LakeFile(LakePath Path, long Length, DateTimeOffset ModifiedAt)
{
    /// <summary>The MD5 hash of its bytes in lower-case hexadecimal, where the lake keeps it; null: not known without reading them.</summary>
    public string? Md5 { get; init; }

    /// <summary>Whether a name is a path, and of what the lake holds, not of the lake's own: leases, locks and unfinished files.</summary>
    internal static bool IsContent(string path) => LakePath.IsPath(path) && path[0] != '.' && !path.StartsWith("leases/", StringComparison.Ordinal);
}
