using System.Data.Common;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Publish;

/// <summary>
/// The marts as one DuckDB database file with their comments. A small part of it, such as what a run with nothing new says of itself, is changed
/// where it is, in one transaction; for anything more, and while someone has it open, a copy is brought up to date and then put in its place.
/// </summary>
internal sealed class Warehouse(ILake lake, ILakeLease lease, TransformOptions options)
{
    private const int SmallRows = 10_000;
    private const int SmallShare = 20;

    /// <summary>What DuckDB has written of a change that a process that was killed had not finished: it belongs to the file that was there then.</summary>
    private static readonly LakePath Log = new("marts/warehouse.duckdb.wal");

    /// <summary>Where the database is.</summary>
    public static LakePath Path { get; } = new("marts/warehouse.duckdb");

    /// <summary>Brings the database up to date.</summary>
    /// <param name="tables">All tables it must hold.</param>
    /// <param name="changed">Those that differ from what it holds; null: make it anew.</param>
    /// <param name="contracts">The tables' contracts by name.</param>
    /// <param name="cancellationToken">Ends the attempt; the database stays as it was.</param>
    /// <exception cref="LakeLeaseLostException">The run's lease was lost; the database stays as it was.</exception>
    /// <exception cref="IOException">It cannot be made, on a full disk for one; the database stays as it was.</exception>
    public async Task UpdateAsync(
        IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable>? changed, IReadOnlyDictionary<string, Contract> contracts, CancellationToken cancellationToken)
    {
        var isThere = changed is not null && await lake.ExistsAsync(Path, cancellationToken);
        var change = await ChangeAsync(tables, isThere ? changed! : tables, contracts, cancellationToken);
        await lease.HoldAsync(cancellationToken);
        if (isThere && IsSmall(tables, changed!) && await lake.ChangeAsync(Path, file => TryWrite(file, change, cancellationToken), cancellationToken))
        {
            return;
        }

        using var scratch = ScratchFolder.Make(options);
        var file = scratch.File("warehouse.duckdb");
        if (isThere)
        {
            File.Copy(await lake.LocalAsync(Path, cancellationToken), file);
        }

        try
        {
            Write(file, change, isAtOnce: false, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new IOException($"The database '{Path}' cannot be made: {exception.Message}", exception);
        }

        await lease.HoldAsync(cancellationToken);
        await lake.DeleteAsync(Log, cancellationToken);
        await lake.ImportAsync(file, Path, cancellationToken);
    }

    private static bool IsSmall(IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable> changed) =>
        changed.Sum(table => table.Rows) <= Math.Max(SmallRows, tables.Sum(table => table.Rows) / SmallShare);

    /// <summary>Changes the database that readers use; false while one of them has it open.</summary>
    private static bool TryWrite(string file, Change change, CancellationToken cancellationToken)
    {
        try
        {
            Write(file, change, isAtOnce: true, cancellationToken);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Writes a change in one transaction, or, as all of the marts in one are a lot to hold in memory, in one for each table.</summary>
    private static void Write(string file, Change change, bool isAtOnce, CancellationToken cancellationToken)
    {
        using var connection = new DuckDBConnection($"DataSource={file}");
        connection.Open();
        using var session = new EngineSession(connection);
        var gone = session.Query("select table_name from duckdb_tables()", reader => reader.GetString(0), cancellationToken).Where(name => !change.Names.Contains(name));
        IReadOnlyList<string> drops = [.. gone.Select(name => $"drop table {Sql.Name(name)}")];
        foreach (var transaction in isAtOnce ? [[.. drops, .. change.Tables.SelectMany(table => table)]] : change.Tables.Prepend(drops))
        {
            session.Execute("begin", cancellationToken);
            foreach (var statement in transaction)
            {
                session.Execute(statement, cancellationToken);
            }

            session.Execute("commit", cancellationToken);
        }

        session.Execute("checkpoint", cancellationToken);
    }

    private async Task<Change> ChangeAsync(
        IReadOnlyList<PublishedTable> tables, IReadOnlyList<PublishedTable> changed, IReadOnlyDictionary<string, Contract> contracts, CancellationToken cancellationToken)
    {
        var statements = new List<IReadOnlyList<string>>();
        foreach (var table in changed)
        {
            var local = await lake.LocalAsync(new LakePath(table.Path), cancellationToken);
            statements.Add([
                $"create or replace table {Sql.Name(table.Name)} as select * from {Sql.Parquet([local])}",
                .. Comments(table.Name, contracts[table.Name]),
            ]);
        }

        return new Change(tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal), statements);
    }

    private static IEnumerable<string> Comments(string table, Contract contract) => contract.Columns
        .Select(column => $"comment on column {Sql.Name(table)}.{Sql.Name(column.Name)} is {Sql.Text(column.Comment)}")
        .Prepend($"comment on table {Sql.Name(table)} is {Sql.Text(contract.Comment)}");

    /// <summary>What brings the database up to date.</summary>
    /// <param name="Names">The tables it holds afterwards; all others go.</param>
    /// <param name="Tables">The statements that make each table that differs.</param>
    private sealed record Change(IReadOnlySet<string> Names, IReadOnlyList<IReadOnlyList<string>> Tables);
}
