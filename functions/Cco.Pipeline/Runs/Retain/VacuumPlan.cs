using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>What goes when the lake is tidied up.</summary>
/// <param name="Folders">By folder, how much.</param>
public sealed record VacuumPlan(IReadOnlyList<VacuumedFolder> Folders)
{
    /// <summary>The files, in an order in which they can go: what names others before those.</summary>
    internal IReadOnlyList<LakeFile> Files { get; init; } = [];

    internal static VacuumPlan Of(IReadOnlyList<LakeFile> files) => new([..
        files.GroupBy(file => file.Path.Segments[0], StringComparer.Ordinal)
            .Select(folder => new VacuumedFolder(folder.Key, folder.Count(), folder.Sum(file => file.Length)))
            .OrderBy(folder => folder.Folder, StringComparer.Ordinal)])
    { Files = files };
}

/// <summary>What goes from one folder.</summary>
/// <param name="Folder">The folder, at the top of the lake.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their size.</param>
public sealed record VacuumedFolder(string Folder, int Files, long Bytes);
