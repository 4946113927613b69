using System.Text.Json;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Publish;

/// <summary>Names the files of one whole run: whoever follows it never sees a mixture of two.</summary>
/// <param name="RunId">The run that was published last.</param>
/// <param name="AsOf">The first day its numbers do not cover, in the reporting time zone.</param>
/// <param name="PublishedAt">When it was published, in UTC.</param>
/// <param name="Tables">The tables by name.</param>
public sealed record Manifest(string RunId, DateOnly AsOf, DateTimeOffset PublishedAt, IReadOnlyList<PublishedTable> Tables)
{
    private const string Name = "manifest.json";

    private static readonly LakePath Folder = new("marts/runs");

    /// <summary>Where the manifest is.</summary>
    public static LakePath Path { get; } = new("marts/latest/manifest.json");

    /// <summary>Reads the manifest; null where nothing has been published.</summary>
    public static async Task<Manifest?> ReadAsync(ILake lake, CancellationToken cancellationToken) =>
        await lake.ReadAsync(Path, cancellationToken) is { } document ? Parse(document) : null;

    /// <summary>Reads what an earlier run published; null where it published nothing.</summary>
    public static async Task<Manifest?> ReadAsync(ILake lake, string run, CancellationToken cancellationToken) =>
        await lake.ReadAsync(PathOf(run), cancellationToken) is { } document ? Parse(document) : null;

    /// <summary>The runs whose published tables are there, the latest first.</summary>
    internal static async Task<IReadOnlyList<string>> RunsAsync(ILake lake, CancellationToken cancellationToken) =>
        [.. (await FilesAsync(lake, cancellationToken)).Where(file => file.Path.Name == Name).Select(file => file.Path.Segments[2]).OrderDescending(StringComparer.Ordinal)];

    /// <summary>The files of all runs: each one's manifest before its tables, so that who deletes them in this order never leaves a run in part.</summary>
    internal static async Task<IReadOnlyList<LakeFile>> FilesAsync(ILake lake, CancellationToken cancellationToken) =>
        [.. (await lake.ListAsync(Folder, cancellationToken).ToListAsync(cancellationToken)).OrderBy(file => file.Path.Name != Name)];

    /// <summary>Where a run's own manifest is, which never changes.</summary>
    internal static LakePath PathOf(string run) => Folder.Child($"{run}/{Name}");

    internal static Manifest Parse(LakeDocument document) => JsonSerializer.Deserialize<Manifest>(document.Content.Span, ManifestJson.Readable)!;
}
