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
    /// <summary>Where the manifest is.</summary>
    public static LakePath Path { get; } = new("marts/latest/manifest.json");

    /// <summary>Reads the manifest; null where nothing has been published.</summary>
    public static async Task<Manifest?> ReadAsync(ILake lake, CancellationToken cancellationToken) =>
        await lake.ReadAsync(Path, cancellationToken) is { } document ? Parse(document) : null;

    /// <summary>Reads what an earlier run published; null where it published nothing.</summary>
    public static async Task<Manifest?> ReadAsync(ILake lake, string run, CancellationToken cancellationToken) =>
        await lake.ReadAsync(PathOf(run), cancellationToken) is { } document ? Parse(document) : null;

    /// <summary>Where a run's own manifest is, which never changes.</summary>
    internal static LakePath PathOf(string run) => new($"marts/runs/{run}/manifest.json");

    internal static Manifest Parse(LakeDocument document) => JsonSerializer.Deserialize<Manifest>(document.Content.Span, ManifestJson.Readable)!;
}
