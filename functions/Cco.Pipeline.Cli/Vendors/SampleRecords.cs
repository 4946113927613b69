using Cco.Pipeline.Sample;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// The records of one system of the sample company, as tables of text named as their entities. What a vendor makes of them is SQL beside
/// this file, the other way round than the staging models: for each kind of record a select of its id, the instant it is listed by, and its JSON, in this order.
/// </summary>
internal sealed class SampleRecords : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    /// <summary>Reads the files of a system that hold some entities; the rows that cannot be used are none of its records.</summary>
    public SampleRecords(IEnumerable<SampleFile> files, string system, IReadOnlyList<string> entities)
    {
        connection.Open();
        Define("sample_macros");
        foreach (var entity in files.Where(file => file.System == system && entities.Contains(file.Entity, StringComparer.Ordinal) && !file.IsBroken).GroupBy(file => file.Entity, StringComparer.Ordinal))
        {
            var paths = string.Join(", ", entity.Select(file => $"'{file.Path.Replace("'", "''", StringComparison.Ordinal)}'"));
            Execute($"create table {entity.Key} as from read_csv([{paths}], header = true, all_varchar = true, quote = '\"', escape = '\"')");
        }
    }

    /// <summary>Runs the definitions of a file.</summary>
    public void Define(string name) => Execute(Text(name));

    /// <summary>The records that the query of a file makes, the oldest first.</summary>
    public IReadOnlyList<VendorRecord> Read(string name) => Read(
        $"select id, listed_at, json::varchar from (\n{Text(name)}\n) as record(id, listed_at, json) order by listed_at, id", reader => new VendorRecord(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));

    /// <summary>The same of a query whose JSON is that of the record and the id of the record that it belongs to.</summary>
    public IReadOnlyList<(string Parent, VendorRecord Record)> ReadOfParents(string name) => Read(
        $"select json ->> 'parent', id, listed_at, json ->> 'record' from (\n{Text(name)}\n) as record(id, listed_at, json) order by listed_at, id",
        reader => (reader.GetString(0), new VendorRecord(reader.GetString(1), reader.GetInt64(2), reader.GetString(3))));

    /// <summary>The rows of a query.</summary>
    public IReadOnlyList<T> Read<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <inheritdoc />
    public void Dispose() => connection.Dispose();

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SampleRecords).Assembly.GetManifestResourceStream($"{name}.sql")!);
        return reader.ReadToEnd().TrimEnd().TrimEnd(';');
    }
}
