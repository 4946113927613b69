using System.Collections.Immutable;

namespace Cco.Pipeline.Intake;

/// <summary>Matches the headers of a file with the columns that its table asks for.</summary>
internal static class TableHeader
{
    private const int ListedColumns = 50;

    /// <summary>No table has as many; a file made to take up time and memory has.</summary>
    private const int MaxColumns = 10_000;

    /// <summary>Characters of a name: it is repeated in every record, so a few bytes of a row must not become a lot.</summary>
    private const int MaxNameLength = 1_000;

    /// <summary>The names of the columns, in the order of the file.</summary>
    /// <exception cref="UnreadableFileException">Two columns have one name, one is missing, or they are more or longer than those of a table.</exception>
    public static ImmutableArray<string> Named(IEnumerable<string> headers, Reading reading)
    {
        var found = headers.Select(header => header.Trim().Trim('\uFEFF').Trim()).ToImmutableArray();
        if (found.Length > MaxColumns || found.Any(header => header.Length > MaxNameLength))
        {
            throw reading.Unreadable(
                $"it has {found.Length:N0} columns, the longest name of them with {found.Max(header => header.Length):N0} characters; {MaxColumns:N0} and {MaxNameLength:N0} are the most. "
                + "If its first row is no header, export it with one.");
        }

        var names = found.Select((header, index) => header.Length == 0 ? Unnamed(index) : reading.Table.Columns.Named(header)).ToImmutableArray();
        for (var index = 0; index < names.Length; index++)
        {
            var first = names.IndexOf(names[index], StringComparer.Ordinal);
            if (first != index)
            {
                throw reading.Unreadable(
                    $"two columns are called '{names[index]}': numbers {first + 1} ('{found[first]}') and {index + 1} ('{found[index]}'). Rename or remove one of them.");
            }
        }

        ThrowIfMissing(names, found, reading);
        return names;
    }

    /// <summary>The name of a column that has none, by its place counted from 0.</summary>
    public static string Unnamed(int index) => $"column_{index + 1}";

    /// <summary>Refuses a file that lacks a column which its table asks for.</summary>
    /// <param name="names">The columns of the file, mapped.</param>
    /// <param name="found">The columns as they are called in the file.</param>
    /// <param name="reading">The file.</param>
    /// <exception cref="UnreadableFileException">One is missing.</exception>
    public static void ThrowIfMissing(ImmutableArray<string> names, ImmutableArray<string> found, Reading reading)
    {
        var missing = reading.Table.Columns.Expected.Except(names, StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var hints = missing.Select(column => (Column: column, Header: found.FirstOrDefault(header => Plain(header) == Plain(column))))
            .Where(hint => hint.Header is not null)
            .Select(hint => $"\"{hint.Header}\": {hint.Column}")
            .ToList();
        var remedy = hints.Count > 0
            ? $"If these are the same, say so in landing/{reading.Table.Name}.yaml: columns: {{ {string.Join(", ", hints)} }}"
            : $"Add it, or map a column to it in landing/{reading.Table.Name}.yaml (columns: {{ \"Header\": {missing[0]} }})";
        throw reading.Unreadable($"there is no column {Listed(missing)}. The file has: {Listed(found)}. {remedy}.");
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(ListedColumns).Select(name => $"'{name}'")) + (names.Count > ListedColumns ? $" and {names.Count - ListedColumns} more" : "");
}
