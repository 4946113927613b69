using System.Text.RegularExpressions;

namespace Cco.Pipeline.Transform;

/// <summary>Something wrong with the SQL, its contracts or its settings, and where.</summary>
/// <param name="File">The file, relative to the folder it was read from.</param>
/// <param name="Line">The line, from 1; null where the whole file is meant.</param>
/// <param name="Column">The column, from 1; null where the whole line is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Excerpt">The line it is about.</param>
public sealed partial record SqlProblem(string File, int? Line, int? Column, string Message, string? Excerpt)
{
    /// <summary>A problem with a whole file.</summary>
    public static SqlProblem In(string file, string message) => new(file, null, null, message, null);

    /// <summary>A problem at a character of a file's text.</summary>
    public static SqlProblem At(string file, string text, int position, string message)
    {
        var before = text[..Math.Min(position, text.Length)];
        var line = before.Count(character => character == '\n') + 1;
        return new SqlProblem(file, line, position - before.LastIndexOf('\n'), message, text.Split('\n')[line - 1].TrimEnd());
    }

    /// <summary>What DuckDB said of a statement that holds the file's text after some lines of ours.</summary>
    public static SqlProblem FromEngine(string file, string text, string message, int linesBefore)
    {
        var place = Place().Match(message);
        var summary = message.Split("\n\n")[0].Trim();
        if (!place.Success || int.Parse(place.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) - linesBefore is not (> 0 and var line)
            || line > text.Split('\n').Length)
        {
            return In(file, summary);
        }

        var column = place.Groups["pointer"].Length - place.Groups["label"].Length + 1;
        return new SqlProblem(file, line, column > 0 ? column : null, summary, text.Split('\n')[line - 1].TrimEnd());
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var where = Line is null ? File : Column is null ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
        return Excerpt is null ? $"{where}: {Message}" : $"{where}: {Message}\n    {Excerpt}";
    }

    [GeneratedRegex(@"(?<label>LINE (?<line>\d+): )[^\n]*\n(?<pointer> *)\^", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
