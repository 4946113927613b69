using System.Data;
using System.Data.Common;
using System.Numerics;

namespace Cco.Pipeline.Publish;

/// <summary>The answer to a query.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each with a value or null for each column.</param>
public sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Reads all that the driver gives.</summary>
    internal static QueryResult Read(DbDataReader reader)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(index => new QueryColumn(reader.GetName(index), reader.GetFieldType(index))).ToList();
        var scales = reader.GetSchemaTable()!.Rows.Cast<DataRow>().Select(column => column["NumericScale"] as byte? ?? 0).ToList();
        var rows = new List<IReadOnlyList<object?>>();
        while (reader.Read())
        {
            rows.Add([.. scales.Select((scale, index) => Value(reader.GetValue(index), scale))]);
        }

        return new QueryResult(columns, rows);
    }

    /// <summary>The driver drops the zeros at the end of wide decimals, such as sums, and gives huge integers in a type that JSON does not know.</summary>
    private static object? Value(object value, byte scale) => value switch
    {
        DBNull => null,
        decimal number => number + new decimal(0, 0, 0, isNegative: false, scale),
        BigInteger number => (Int128)number,
        _ => value,
    };
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The .NET type of its values.</param>
public sealed record QueryColumn(string Name, Type Type)
{
    /// <summary>Its values are numbers.</summary>
    public bool IsNumber => Type == typeof(decimal) || Type == typeof(double) || Type == typeof(long) || Type == typeof(int) || Type == typeof(BigInteger);
}

/// <summary>A query that is wrong or not allowed; the message is DuckDB's.</summary>
public sealed class QueryException(string message, Exception inner) : Exception(message, inner);
