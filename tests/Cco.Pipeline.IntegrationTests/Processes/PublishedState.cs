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
        var isUnfinished = File.Exists(Path.Combine(lake, "marts/latest/unfinished"));
        foreach (var table in manifest.Tables)
        {
            Assert.Equal([$"{table.Rows}"], Duck.Query($"select count(*) from read_parquet('{Path.Combine(lake, table.Path)}')"));
            Assert.Single(Duck.Query($"select count(*) from read_parquet('{Path.Combine(lake, "marts/latest", table.Name + ".parquet")}')"));
        }

        var difference = Difference(lake, manifest.Tables.Select(table => (table.Name, table.Path)));
        if (isUnfinished && difference is not null)
        {
            // The database is replaced just before the manifest: between the two it is the whole next run already.
            var next = Directory.EnumerateDirectories(Path.Combine(lake, "marts/runs")).Max(StringComparer.Ordinal)!;
            difference = Difference(lake, manifest.Tables.Select(table => (table.Name, Newer(lake, next, table))));
        }

        Assert.Null(difference);
        return manifest;
    }

    private static string Newer(string lake, string run, PublishedTable table)
    {
        var file = Path.Combine(run, table.Name + ".parquet");
        return File.Exists(file) ? Path.GetRelativePath(lake, file) : table.Path;
    }

    /// <summary>What is wrong with the database; null where it holds just these files.</summary>
    private static string? Difference(string lake, IEnumerable<(string Name, string Path)> tables)
    {
        var expected = tables.ToList();
        var database = Path.Combine(lake, Warehouse.Path.Value);
        var found = Duck.Query("select table_name from duckdb_tables() order by 1", database);
        if (!found.SequenceEqual(expected.Select(table => table.Name), StringComparer.Ordinal))
        {
            return $"The database holds {string.Join(", ", found)}.";
        }

        var differing = expected.Where(table =>
        {
            var file = $"select * from read_parquet('{Path.Combine(lake, table.Path)}')";
            return Duck.Query($"select count(*) from ((from {table.Name} except all {file}) union all ({file} except all from {table.Name}))", database) is not ["0"];
        });
        return differing.Select(table => $"{table.Name} in the database is not {table.Path}.").FirstOrDefault();
    }
}
