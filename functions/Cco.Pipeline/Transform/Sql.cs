namespace Cco.Pipeline.Transform;

/// <summary>Text and names as SQL writes them: the only way that values get into a statement.</summary>
public static class Sql
{
    /// <summary>A text literal. A NUL character would end the statement for DuckDB, so it is written as what makes one.</summary>
    public static string Text(string value)
    {
        var literal = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        return value.Contains('\0', StringComparison.Ordinal) ? $"({literal.Replace("\0", "' || chr(0) || '", StringComparison.Ordinal)})" : literal;
    }

    /// <summary>A quoted name.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Names in a list.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));

    /// <summary>A relation over Parquet files.</summary>
    public static string Parquet(IEnumerable<string> localFiles) => $"read_parquet([{string.Join(", ", localFiles.Select(Text))}])";
}
