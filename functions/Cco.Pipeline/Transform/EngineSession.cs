using System.Collections.Concurrent;
using System.Data.Common;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>One connection to the engine; not for use by two threads at once.</summary>
/// <param name="connection">The connection.</param>
/// <param name="home">Where the session waits for its next user when one is done with it; null: it is closed then.</param>
internal sealed class EngineSession(DuckDBConnection connection, ConcurrentBag<EngineSession>? home = null) : IDisposable
{
    private bool hasTables;

    /// <summary>Runs a statement to its end.</summary>
    public void Execute(string sql, CancellationToken cancellationToken = default)
    {
        using var command = Command(sql);
        using var cancel = cancellationToken.Register(command.Cancel);
        command.ExecuteNonQuery();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The rows of a query, each read by <paramref name="read"/>.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default) => Read(
        sql,
        reader =>
        {
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        cancellationToken);

    /// <summary>What <paramref name="read"/> makes of all rows of a query.</summary>
    public T Read<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        using var command = Command(sql);
        using var cancel = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        return read(reader);
    }

    /// <summary>The one value of a query.</summary>
    public T Scalar<T>(string sql, CancellationToken cancellationToken = default) =>
        Query(sql, reader => reader.GetFieldValue<T>(0), cancellationToken).Single();

    /// <summary>Fills a temporary table of this session with rows that are made of those of a query.</summary>
    public void Transfer(string sql, Func<DbDataReader, IEnumerable<IReadOnlyList<object?>>> rows, string table, CancellationToken cancellationToken)
    {
        using var command = Command(sql);
        using var cancel = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        using var appender = connection.CreateAppender("temp", "main", table);
        hasTables = true;
        foreach (var values in rows(reader))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = appender.CreateRow();
            foreach (var value in values)
            {
                _ = value switch
                {
                    null => row.AppendNullValue(),
                    string text => row.AppendValue(text),
                    long number => row.AppendValue(number),
                    double number => row.AppendValue(number),
                    _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a table.", nameof(rows)),
                };
            }

            row.EndRow();
        }
    }

    /// <summary>The names and types of what a select gives, without running it.</summary>
    public List<(string Name, string Type)> Describe(string select) =>
        Query($"describe (\n{select}\n)", reader => (reader.GetString(0), reader.GetString(1)));

    /// <summary>Ends the connection.</summary>
    public void Close() => connection.Dispose();

    /// <summary>Gives the session back; one that has tables of its own is closed, which frees them.</summary>
    public void Dispose()
    {
        if (home is null || hasTables)
        {
            Close();
        }
        else
        {
            home.Add(this);
        }
    }

    private DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
