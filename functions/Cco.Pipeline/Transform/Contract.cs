namespace Cco.Pipeline.Transform;

/// <summary>The table a model must fill, as DuckDB understood its <c>create table</c>.</summary>
/// <param name="File">Where it is written.</param>
/// <param name="Text">The statements.</param>
/// <param name="Comment">What the table is.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Key">The columns of its primary key, or those that are unique together, nulls being equal; empty where it has none.</param>
/// <param name="Checks">Conditions that hold for every row.</param>
/// <param name="References">Other tables its rows point to.</param>
public sealed record Contract(
    string File,
    string Text,
    string Comment,
    IReadOnlyList<ContractColumn> Columns,
    IReadOnlyList<string> Key,
    IReadOnlyList<ContractCheck> Checks,
    IReadOnlyList<ContractReference> References)
{
    /// <summary>What the checks mention.</summary>
    public SqlReferences CheckReferences { get; init; } = SqlReferences.To();

    /// <summary>What makes the table, without the comments: they take the engine much longer.</summary>
    internal string TableText => new ContractComments(File, Text).Statements;

    /// <summary>Columns a row must have a value in, and no default helps.</summary>
    public IEnumerable<string> Required => Columns.Where(column => !column.IsNullable && column.Default is null).Select(column => column.Name);

    /// <summary>Rows are versions of a thing over time, and all of them are kept.</summary>
    public bool IsHistory => Key.Contains("valid_from");

    /// <summary>Rows are in force until they end: one that a later version of its record leaves out was taken away then, and not never there.</summary>
    public bool EndsWhenLeftOut => !IsHistory && Columns.Any(column => column.Name == "ends_at");
}

/// <summary>One column of a contract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its DuckDB type.</param>
/// <param name="IsNullable">Whether null is allowed.</param>
/// <param name="Default">The SQL of the value that stands in for a missing one; null: none does.</param>
/// <param name="Comment">What it means.</param>
public sealed record ContractColumn(string Name, string Type, bool IsNullable, string? Default, string Comment);

/// <summary>A condition on one row.</summary>
/// <param name="Expression">The SQL; null counts as fulfilled.</param>
/// <param name="Columns">The columns it is about.</param>
public sealed record ContractCheck(string Expression, IReadOnlyList<string> Columns);

/// <summary>Columns whose values must be found in another table.</summary>
public sealed record ContractReference(IReadOnlyList<string> Columns, string Table, IReadOnlyList<string> TableColumns);
