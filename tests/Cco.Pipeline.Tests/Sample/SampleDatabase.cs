using Cco.Pipeline.Sample;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Tests.Sample;

/// <summary>A sample company, written to a folder and read back as text: one table an entity.</summary>
public sealed class SampleDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    private SampleDatabase()
    {
    }

    public SampleTruth Truth { get; private set; } = null!;

    public static async Task<SampleDatabase> CreateAsync(int customers, int months, bool hasDirt)
    {
        var database = new SampleDatabase();
        var options = new SampleOptions { Customers = customers, Months = months, End = new DateOnly(2026, 1, 1), HasDirt = hasDirt };
        database.Truth = await new SampleCompany(options).WriteAsync(database.folder.Path, null, TestContext.Current.CancellationToken);
        database.connection.Open();
        foreach (var entity in database.Truth.Entities)
        {
            var files = string.Join(", ", database.Truth.Files.Where(file => file.Entity == entity).Select(file => $"'{file.Path}'"));
            database.Run($"create table {entity} as select * from read_csv([{files}], header = true, all_varchar = true, union_by_name = true, quote = '\"', escape = '\"', strict_mode = true)");
            if (database.ColumnsOf("main", entity).Contains("source"))
            {
                database.Run($"update {entity} set source = 'file' where source is null");
            }
        }

        return database;
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row, as a number.</summary>
    public double Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToDouble(command.ExecuteScalar());
    }

    /// <summary>The first value of each row, as text.</summary>
    public IReadOnlyList<string> Column(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        }

        return values;
    }

    public IReadOnlyList<string> ColumnsOf(string schema, string entity) =>
        Column($"select column_name from duckdb_columns() where schema_name = '{schema}' and table_name = '{entity}' order by column_index");

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>The company that most tests look at: 500 customers over two years, every row sound.</summary>
public sealed class CleanSample : IAsyncLifetime
{
    public SampleDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await SampleDatabase.CreateAsync(500, 24, hasDirt: false);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>The same company with rows among them that no one could use.</summary>
public sealed class DirtySample : IAsyncLifetime
{
    public SampleDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await SampleDatabase.CreateAsync(500, 24, hasDirt: true);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
