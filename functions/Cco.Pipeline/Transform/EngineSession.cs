using System.Collections.Concurrent;
using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Cco.Pipeline.Transform;

/// <summary>One connection to the engine; not for use by two threads at once. A statement that DuckDB cannot run is an <see cref="EngineException"/>.</summary>
/// <param name="connection">The connection.</param>
/// <param name="home">Where the session waits for its next user when one is done with it; null: it is closed then.</param>
internal sealed class EngineSession(DuckDBConnection connection, ConcurrentBag<EngineSession>? home = null) : IDisposable
{
    private bool hasTables;

    /// <summary>
    /// Runs statements to their end. They are not prepared before, as a command does it: DuckDB binds and plans what reads files again when a prepared
    /// statement is run, which takes longer than to run many a model over few rows.
    /// </summary>
    /// <returns>How many rows the last one wrote.</returns>
    public long Execute(string sql, CancellationToken cancellationToken = default)
    {
        using var cancel = cancellationToken.Register(connection.NativeConnection.Interrupt);
        var state = NativeMethods.Query.DuckDBQuery(connection.NativeConnection, sql, out var result);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!state.IsSuccess())
            {
                throw new EngineException(NativeMethods.Query.DuckDBResultError(ref result), NativeMethods.Query.DuckDBResultErrorType(ref result));
            }

            return NativeMethods.Query.DuckDBRowsChanged(ref result);
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
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
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var cancel = cancellationToken.Register(command.Cancel);
        try
        {
            using var reader = command.ExecuteReader();
            return read(reader);
        }
        catch (DuckDBException exception)
        {
            throw new EngineException(exception);
        }
    }

    /// <summary>The one value of a query.</summary>
    public T Scalar<T>(string sql, CancellationToken cancellationToken = default) =>
        Query(sql, reader => reader.GetFieldValue<T>(0), cancellationToken).Single();

    /// <summary>Fills a temporary table of this session with rows that are made of those of a query.</summary>
    public void Transfer(string sql, Func<DbDataReader, IEnumerable<IReadOnlyList<object?>>> rows, string table, CancellationToken cancellationToken)
    {
        hasTables = true;
        Read(
            sql,
            reader =>
            {
                Append(rows(reader), table, cancellationToken);
                return true;
            },
            cancellationToken);
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

    private void Append(IEnumerable<IReadOnlyList<object?>> rows, string table, CancellationToken cancellationToken)
    {
        using var appender = connection.CreateAppender("temp", "main", table);
        foreach (var values in rows)
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
}
