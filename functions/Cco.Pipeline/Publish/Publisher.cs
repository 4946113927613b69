using System.Text.Json;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Publish;

/// <summary>
/// Makes the marts of a run the ones that everybody reads. It does so under the run's lease, which it asks before each step that readers see: a
/// run that lost it publishes nothing, and the manifest is replaced only where it still is the one that was there at the start.
/// </summary>
public sealed class Publisher(ILake lake, TransformOptions options, TimeProvider time)
{
    /// <summary>There while the latest files are being replaced; found at the start, it tells that a publication was interrupted.</summary>
    private static readonly LakePath Unfinished = new("marts/latest/unfinished");

    /// <summary>The next publication makes everything at fixed addresses anew, the database too, so that nothing is left in it of what was there.</summary>
    internal static Task RenewAsync(ILake lake, CancellationToken cancellationToken) => lake.WriteOnceAsync(Unfinished, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Publishes: the run's own files first, then the files at fixed addresses and the database, the manifest last.</summary>
    /// <param name="run">The run.</param>
    /// <param name="asOf">The first day its numbers do not cover.</param>
    /// <param name="marts">The built marts; all of them must be good.</param>
    /// <param name="contracts">Their contracts by name, whose comments go into the database.</param>
    /// <param name="lease">The lease of the run.</param>
    /// <param name="cancellationToken">Ends the attempt; readers keep the run before.</param>
    /// <exception cref="LakeLeaseLostException">The lease was lost; the manifest is as it was.</exception>
    /// <exception cref="LakeConflictException">Another run has published meanwhile; its manifest stays.</exception>
    public async Task<Manifest> PublishAsync(
        RunId run, DateOnly asOf, IReadOnlyList<BuiltModel> marts, IReadOnlyDictionary<string, Contract> contracts, ILakeLease lease, CancellationToken cancellationToken)
    {
        await lease.HoldAsync(cancellationToken);
        var before = await lake.ReadAsync(Manifest.Path, cancellationToken);
        var wasInterrupted = !await lake.WriteOnceAsync(Unfinished, (_, _) => Task.CompletedTask, cancellationToken);
        var known = before is null ? [] : Manifest.Parse(before).Tables;

        var tables = new List<PublishedTable>();
        foreach (var mart in marts.OrderBy(mart => mart.Name, StringComparer.Ordinal))
        {
            tables.Add(known.FirstOrDefault(table => table.Name == mart.Name && table.Fingerprint == mart.Fingerprint)
                ?? await KeepAsync(run, mart, cancellationToken));
        }

        try
        {
            await ReplaceLatestAsync(tables, wasInterrupted ? null : [.. tables.Except(known)], contracts, lease, cancellationToken);
            var manifest = new Manifest(run.Value, asOf, time.GetUtcNow(), tables);
            var document = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Readable);
            await lake.WriteOnceAsync(Manifest.PathOf(run.Value), (stream, token) => stream.WriteAsync(document, token).AsTask(), cancellationToken);
            await lease.HoldAsync(cancellationToken);
            await lake.ReplaceAsync(Manifest.Path, document, before?.Tag, cancellationToken);
            await lake.DeleteAsync(Unfinished, cancellationToken);
            return manifest;
        }
        catch (Exception exception) when (exception is LakeLeaseLostException or LakeConflictException)
        {
            // The last step may have come too late, after those of the run that has the lease now: the next run makes all of them anew.
            await RenewAsync(lake, cancellationToken);
            throw;
        }
    }

    /// <summary>Replaces the files at fixed addresses and the database.</summary>
    /// <param name="tables">All tables.</param>
    /// <param name="differing">Those that differ from what is there; null: not known.</param>
    /// <param name="contracts">Their contracts by name.</param>
    /// <param name="lease">The lease of the run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task ReplaceLatestAsync(
        IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable>? differing, IReadOnlyDictionary<string, Contract> contracts, ILakeLease lease, CancellationToken cancellationToken)
    {
        foreach (var table in differing ?? tables)
        {
            await lease.HoldAsync(cancellationToken);
            await lake.CopyAsync(new LakePath(table.Path), new LakePath($"marts/latest/{table.Name}.parquet"), cancellationToken);
        }

        await new Warehouse(lake, lease, options).UpdateAsync(tables, differing, contracts, cancellationToken);
    }

    private async Task<PublishedTable> KeepAsync(RunId run, BuiltModel mart, CancellationToken cancellationToken)
    {
        var path = new LakePath($"marts/runs/{run}/{mart.Name}.parquet");
        await lake.CopyAsync(mart.Path!, path, cancellationToken);
        return new PublishedTable(mart.Name, path.Value, mart.Fingerprint, mart.Rows, run.Value);
    }
}
