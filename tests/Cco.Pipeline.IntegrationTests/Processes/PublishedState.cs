using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>What readers of a lake see at any moment, whatever happened to the runs that wrote it.</summary>
internal static class PublishedState
{
    /// <summary>Holds that the manifest names whole files, and that the files at fixed addresses and the database are whole, too.</summary>
    /// <returns>The manifest.</returns>
    public static async Task<Manifest> HoldAsync(string lake)
    {
        var manifest = await Manifest.ReadAsync(new FolderLake(lake), TestContext.Current.CancellationToken);
        Assert.NotNull(manifest);
        var named = manifest.Tables.ToDictionary(table => table.Name, table => Path.Combine(lake, table.Path));
        var latest = manifest.Tables.ToDictionary(table => table.Name, table => Path.Combine(lake, $"marts/latest/{table.Name}.parquet"));

        Assert.Equal(manifest.Tables.Select(table => $"{table.Name}|{table.Rows}"), Counts(named));
        Assert.Equal(named.Count, Counts(latest).Count);
        var difference = Difference(lake, named);
        if (difference.Count > 0 && File.Exists(Path.Combine(lake, "marts/latest/unfinished")))
        {
            // The database is replaced just before the manifest: between the two it is the whole next run already.
            var next = Directory.EnumerateDirectories(Path.Combine(lake, "marts/runs")).Max(StringComparer.Ordinal)!;
            difference = Difference(lake, named.ToDictionary(table => table.Key, table => Newer(Path.Combine(next, table.Key + ".parquet"), table.Value)));
        }

        Assert.Empty(difference);
        return manifest;
    }

    private static string Newer(string file, string known) => File.Exists(file) ? file : known;

    private static IReadOnlyList<string> Counts(Dictionary<string, string> files) => Duck.Query(
        string.Join("\nunion all\n", files.Select(table => $"select '{table.Key}', count(*) from read_parquet('{table.Value}')")));

    /// <summary>The tables that are in the database and not among the files, or the other way round, or that differ from their file.</summary>
    private static IReadOnlyList<string> Difference(string lake, Dictionary<string, string> files)
    {
        var database = Path.Combine(lake, Warehouse.Path.Value);
        var tables = Duck.Query("select table_name from duckdb_tables()", database);
        string[] strays = [.. tables.Except(files.Keys), .. files.Keys.Except(tables)];
        return strays.Length > 0 ? strays : Duck.Query(
            string.Join("\nunion all\n", files.Select(table =>
            {
                var file = $"from read_parquet('{table.Value}')";
                return $"select '{table.Key}' where exists ((from {table.Key} except all {file}) union all ({file} except all from {table.Key}))";
            })),
            database);
    }
}
