using DuckDB.NET.Data;

namespace Cco.Pipeline.IntegrationTests;

/// <summary>A DuckDB of the test's own, apart from the pipeline's.</summary>
internal static class Duck
{
    /// <summary>The rows of a select, each as its values as DuckDB writes them, joined by '|'.</summary>
    public static IReadOnlyList<string> Query(string select, string database = ":memory:")
    {
        using var connection = new DuckDBConnection(database == ":memory:" ? $"DataSource={database}" : $"DataSource={database};ACCESS_MODE=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select columns(*)::varchar from (\n{select}\n)";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? "" : reader.GetString(index))));
        }

        return rows;
    }

    /// <summary>Writes the rows of a select as a Parquet file.</summary>
    public static void Write(string select, string file)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy (\n{select}\n) to '{file}' (format parquet)";
        command.ExecuteNonQuery();
    }
}
