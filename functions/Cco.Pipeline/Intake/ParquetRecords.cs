using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Intake;

/// <summary>
/// Reads a Parquet file, each row as a JSON object. DuckDB does it, because it knows every encoding, compression and nesting;
/// it reads one row group after the other, from a copy on disk, and reaches nothing but that copy.
/// </summary>
/// <param name="reading">The file.</param>
/// <param name="pages">Where the records go.</param>
internal sealed class ParquetRecords(Reading reading, RecordPages pages)
{
    private const string Bounds = "set threads = 1; set memory_limit = '1GB'; set TimeZone = 'UTC'; set enable_external_access = false; set lock_configuration = true;";

    /// <summary>Full pages, as they fill; what is left stays in <c>pages</c>.</summary>
    public async IAsyncEnumerable<RawPage> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scratch = await ScratchFile.OfAsync(content, reading.Options, cancellationToken);
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(cancellationToken);
        await using var rows = Open(connection, scratch.Path);
        var records = new JsonRecords(reading, pages, ImmutableDictionary<string, string>.Empty);
        var budget = new ByteBudget(reading, null);
        for (var row = 1L; Next(rows); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = Encoding.UTF8.GetBytes(rows.GetString(0));
            budget.Spend(text.Length);
            if (text.Length > reading.Options.MaxRecordBytes)
            {
                throw reading.Unreadable($"row {row} is longer than {reading.Options.MaxRecordBytes:N0} bytes. Repair it, or raise MaxRecordBytes.");
            }

            records.Add(text, row);
            if (pages.IsFull)
            {
                yield return pages.Take();
            }
        }
    }

    /// <summary>
    /// A column that may hold "not a number" has nulls in its place: JSON has no such number, and the tools that write one mean a missing value.
    /// </summary>
    private static string Property(string name, string header, Type type)
    {
        var column = $"\"{header.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var value = type == typeof(double) || type == typeof(float) ? $"case when not isnan({column}) then {column} end" : column;
        return $"'{name.Replace("'", "''", StringComparison.Ordinal)}', {value}";
    }

    private DuckDBDataReader Open(DuckDBConnection connection, string path)
    {
        try
        {
            using var bounds = connection.CreateCommand();
            bounds.CommandText = $"set allowed_paths = ['{path.Replace("'", "''", StringComparison.Ordinal)}']; {Bounds}";
            bounds.ExecuteNonQuery();
            using var select = connection.CreateCommand();
            select.CommandText = $"select json_object({string.Join(", ", Properties(connection, path))}) from read_parquet($1)";
            select.Parameters.Add(new DuckDBParameter(path));
            select.UseStreamingMode = true;
            return select.ExecuteReader();
        }
        catch (DuckDBException exception)
        {
            throw Damaged(exception);
        }
    }

    private List<string> Properties(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select * from read_parquet($1) limit 0";
        command.Parameters.Add(new DuckDBParameter(path));
        using var empty = command.ExecuteReader();
        var headers = Enumerable.Range(0, empty.FieldCount).Select(empty.GetName).ToImmutableArray();
        var names = TableHeader.Named(headers, reading);
        return [.. headers.Select((header, index) => Property(names[index], header, empty.GetFieldType(index)))];
    }

    private bool Next(DuckDBDataReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (DuckDBException exception)
        {
            throw Damaged(exception);
        }
    }

    private UnreadableFileException Damaged(DuckDBException exception) =>
        reading.Unreadable($"it begins like a Parquet file, but cannot be read as one: {exception.Message.Split('\n')[0].TrimEnd('.')}. Export or copy it again.", exception);
}
