using System.Data.Common;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>One connection to the engine; not for use by two threads at once.</summary>
internal sealed class EngineSession(DuckDBConnection connection) : IDisposable
{
    /// <summary>Runs a statement to its end.</summary>
    public void Execute(string sql, CancellationToken cancellationToken = default)
    {
        using var command = Command(sql);
        using var cancel = cancellationToken.Register(command.Cancel);
        command.ExecuteNonQuery();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The rows of a query, each read by <paramref name="read"/>.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        using var command = Command(sql);
        using var cancel = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The one value of a query.</summary>
    public T Scalar<T>(string sql, CancellationToken cancellationToken = default) =>
        Query(sql, reader => reader.GetFieldValue<T>(0), cancellationToken).Single();

    /// <summary>The names and types of what a select gives, without running it.</summary>
    public List<(string Name, string Type)> Describe(string select) =>
        Query($"describe (\n{select}\n)", reader => (reader.GetString(0), reader.GetString(1)));

    /// <inheritdoc />
    public void Dispose() => connection.Dispose();

    private DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
