using Cco.Pipeline.Land;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Publish;

/// <summary>Runs queries over the published marts, and over nothing else: no file, no network, no change.</summary>
public sealed class MartReader : IDisposable
{
    /// <summary>A run that changes the database where it is keeps others out for a moment.</summary>
    private const int Attempts = 20;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly DuckDBConnection connection;

    private MartReader(DuckDBConnection connection) => this.connection = connection;

    /// <summary>Opens the database of the run that was published last.</summary>
    /// <exception cref="FileNotFoundException">Nothing has been published.</exception>
    /// <exception cref="IOException">It cannot be opened: someone who writes to it keeps others out.</exception>
    public static async Task<MartReader> OpenAsync(ILake lake, CancellationToken cancellationToken)
    {
        if (!await lake.ExistsAsync(Warehouse.Path, cancellationToken))
        {
            throw new FileNotFoundException("Nothing has been published yet: `cco run` publishes.", Warehouse.Path.Value);
        }

        for (var attempt = 1; ; attempt++)
        {
            var marts = new DuckDBConnection($"DataSource={await lake.LocalAsync(Warehouse.Path, cancellationToken)};ACCESS_MODE=READ_ONLY");
            try
            {
                marts.Open();
                return new MartReader(marts).Locked();
            }
            catch (DuckDBException exception)
            {
                marts.Dispose();
                if (attempt == Attempts)
                {
                    throw new IOException($"The database '{Warehouse.Path}' cannot be opened: {exception.Message}", exception);
                }
            }

            await Task.Delay(Moment, cancellationToken);
        }
    }

    /// <summary>Runs a query.</summary>
    /// <param name="sql">One select.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="QueryException">The query is wrong, or not allowed.</exception>
    public QueryResult Query(string sql, CancellationToken cancellationToken)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var cancel = cancellationToken.Register(command.Cancel);
            using var reader = command.ExecuteReader();
            return QueryResult.Read(reader);
        }
        catch (DuckDBException exception)
        {
            throw new QueryException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => connection.Dispose();

    private MartReader Locked()
    {
        foreach (var setting in new[] { "set enable_external_access = false", "set TimeZone = 'UTC'", "set lock_configuration = true" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = setting;
            command.ExecuteNonQuery();
        }

        return this;
    }
}
