using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Publish;

/// <summary>The marts as one DuckDB database file with their comments: a copy is brought up to date and then put in its place.</summary>
internal sealed class Warehouse(ILake lake, TransformOptions options)
{
    /// <summary>Where the database is.</summary>
    public static LakePath Path { get; } = new("marts/warehouse.duckdb");

    /// <summary>Brings the database up to date.</summary>
    /// <param name="tables">All tables it must hold.</param>
    /// <param name="changed">Those that differ from what it holds; null: make it anew.</param>
    /// <param name="contracts">The tables' contracts by name.</param>
    /// <param name="cancellationToken">Ends the attempt; the database stays as it was.</param>
    /// <exception cref="IOException">It cannot be made, on a full disk for one; the database stays as it was.</exception>
    public async Task UpdateAsync(
        IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable>? changed, IReadOnlyDictionary<string, Contract> contracts, CancellationToken cancellationToken)
    {
        using var scratch = ScratchFolder.Make(options);
        var file = scratch.File("warehouse.duckdb");
        var isThere = changed is not null && await lake.ExistsAsync(Path, cancellationToken);
        if (isThere)
        {
            File.Copy(await lake.LocalAsync(Path, cancellationToken), file);
        }

        try
        {
            await WriteAsync(file, tables, isThere ? changed! : tables, contracts, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new IOException($"The database '{Path}' cannot be made: {exception.Message}", exception);
        }

        await lake.ImportAsync(file, Path, cancellationToken);
    }

    private async Task WriteAsync(
        string file, IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable> changed, IReadOnlyDictionary<string, Contract> contracts, CancellationToken cancellationToken)
    {
        using var connection = new DuckDBConnection($"DataSource={file}");
        connection.Open();
        using var session = new EngineSession(connection);
        foreach (var gone in session.Query("select table_name from duckdb_tables()", reader => reader.GetString(0), cancellationToken).Except(tables.Select(table => table.Name)))
        {
            session.Execute($"drop table {Sql.Name(gone)}", cancellationToken);
        }

        foreach (var table in changed)
        {
            var local = await lake.LocalAsync(new LakePath(table.Path), cancellationToken);
            session.Execute($"create or replace table {Sql.Name(table.Name)} as select * from {Sql.Parquet([local])}", cancellationToken);
            Comment(session, table.Name, contracts[table.Name]);
        }

        session.Execute("checkpoint", cancellationToken);
    }

    private static void Comment(EngineSession session, string table, Contract contract)
    {
        session.Execute($"comment on table {Sql.Name(table)} is {Sql.Text(contract.Comment)}");
        foreach (var column in contract.Columns)
        {
            session.Execute($"comment on column {Sql.Name(table)}.{Sql.Name(column.Name)} is {Sql.Text(column.Comment)}");
        }
    }
}
