using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>What the lake has of those who are to be forgotten.</summary>
/// <param name="Emails">All addresses that are forgotten, those of the named customers among them.</param>
/// <param name="Customers">The ids of the customers.</param>
/// <param name="Places">What was found, by folder.</param>
public sealed record ForgetPlan(IReadOnlyList<string> Emails, IReadOnlyList<string> Customers, IReadOnlyList<ErasedPlace> Places)
{
    /// <summary>The files with something of them, those of <c>raw/</c> and <c>quarantine/</c> as they count.</summary>
    internal IReadOnlyList<FoundFile> Files { get; init; } = [];

    internal IEnumerable<LakePath> In(LakePath folder) => Files.Select(file => file.Path).Where(path => path.Segments[0] == folder.Value);

    internal static ForgetPlan Of(ForgetRequest request, IReadOnlyList<FoundFile> files) => new(
        request.Emails,
        request.Customers,
        [.. files.GroupBy(file => file.Path.Segments[0], StringComparer.Ordinal)
            .Select(folder => new ErasedPlace(folder.Key, folder.Count(), folder.Sum(file => file.Records)))
            .OrderBy(folder => folder.Folder, StringComparer.Ordinal)])
    { Files = files };
}

/// <summary>A file with something of someone who is to be forgotten.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Records">The records or rows; null: not counted.</param>
internal sealed record FoundFile(LakePath Path, long? Records);
