using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>What goes when the lake is tidied up.</summary>
/// <param name="Folders">By folder, how much.</param>
public sealed record VacuumPlan(IReadOnlyList<VacuumedFolder> Folders)
{
    /// <summary>The records that their sources have deleted, by stream; none where the settings keep them.</summary>
    public IReadOnlyList<VacuumedRecords> Records { get; init; } = [];

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

/// <summary>What goes from the raw files of one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Records">How many records, each with all its versions.</param>
public sealed record VacuumedRecords(string Stream, long Records);
