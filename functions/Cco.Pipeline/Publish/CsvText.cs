using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Cco.Pipeline.Publish;

/// <summary>Writes values as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
public static class CsvText
{
    /// <summary>One line with its end.</summary>
    public static string Line(IEnumerable<object?> values) => string.Join(',', values.Select(Cell)) + "\n";

    /// <summary>A value as SQL and files write it: ISO dates, '.' before decimals, lists and structs as JSON.</summary>
    public static string Plain(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTime instant => instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ICollection nested => JsonSerializer.Serialize<object>(nested, PipelineJson.Compact),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Cell(object? value)
    {
        var text = value is string formula && IsFormula(formula) ? "'" + formula : Plain(value);
        return text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>The wide forms of the signs are those signs to a spreadsheet in some languages.</summary>
    private static bool IsFormula(string text) =>
        text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20');
}
