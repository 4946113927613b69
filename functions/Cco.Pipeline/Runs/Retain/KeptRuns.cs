using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Runs;

/// <summary>The published runs that a policy keeps, the latest first; the one that everybody reads is always among them.</summary>
/// <param name="Manifests">What they published.</param>
internal sealed record KeptRuns(IReadOnlyList<Manifest> Manifests)
{
    /// <summary>Finds them.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="retention">How many are kept, and for how long.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<KeptRuns> FindAsync(ILake lake, RetentionOptions retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = await Manifest.ReadAsync(lake, cancellationToken);
        var since = now.AddDays(-retention.KeepRunDays);
        var kept = new List<Manifest>();
        foreach (var (place, run) in (await Manifest.RunsAsync(lake, cancellationToken)).Index())
        {
            if ((place < retention.KeepRuns || RunId.Parse(run).StartedAt >= since || run == latest?.RunId)
                && await Manifest.ReadAsync(lake, run, cancellationToken) is { } manifest)
            {
                kept.Add(manifest);
            }
        }

        return new KeptRuns(kept);
    }

    /// <summary>The files of published runs that are not kept, in an order in which they can be deleted.</summary>
    public async Task<IReadOnlyList<LakeFile>> OthersAsync(ILake lake, CancellationToken cancellationToken)
    {
        var kept = Manifests.SelectMany(manifest => manifest.Tables.Select(table => table.Path).Append(Manifest.PathOf(manifest.RunId).Value)).ToHashSet(StringComparer.Ordinal);
        if (await Manifest.ReadAsync(lake, cancellationToken) is { } latest)
        {
            // Runs of before runs had manifests of their own are known by this one alone.
            kept.UnionWith(latest.Tables.Select(table => table.Path));
        }

        return [.. (await Manifest.FilesAsync(lake, cancellationToken)).Where(file => !kept.Contains(file.Path.Value))];
    }
}
