namespace Cco.Pipeline.Publish;

/// <summary>The answer to a query.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each with a value or null for each column.</param>
public sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The .NET type of its values.</param>
public sealed record QueryColumn(string Name, Type Type);

/// <summary>A query that is wrong or not allowed; the message is DuckDB's.</summary>
public sealed class QueryException(string message, Exception inner) : Exception(message, inner);
