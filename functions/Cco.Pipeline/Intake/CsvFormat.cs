namespace Cco.Pipeline.Intake;

/// <summary>How the CSV files of a table are written. What is null is found out from each file.</summary>
public sealed record CsvFormat
{
    /// <param name="delimiter">The character between two cells; null to find out which of <c>, ; tab |</c> it is.</param>
    /// <param name="encoding">The name of the text's encoding, such as <c>windows-1252</c>; null to find out. A byte order mark in the file overrules it.</param>
    /// <param name="quote">The character around a cell that holds delimiters, line breaks or (doubled) itself.</param>
    /// <exception cref="ArgumentException">There is no such encoding, or a character that must be ASCII and of its own is not.</exception>
    public CsvFormat(char? delimiter = null, string? encoding = null, char quote = '"')
    {
        if ((delimiter is { } given && !IsMark(given)) || !IsMark(quote) || delimiter == quote)
        {
            throw new ArgumentException("The delimiter and the quote of a CSV are two different ASCII characters, and no line break or space.", nameof(delimiter));
        }

        (Delimiter, Encoding, Quote) = (delimiter, encoding is null ? null : TextEncoding.Named(encoding).WebName, quote);
    }

    /// <summary>Everything is found out from the file.</summary>
    public static CsvFormat Sniffed { get; } = new();

    /// <summary>The character between two cells.</summary>
    public char? Delimiter { get; }

    /// <summary>The encoding, by its registered name.</summary>
    public string? Encoding { get; }

    /// <summary>The character around a cell.</summary>
    public char Quote { get; }

    private static bool IsMark(char character) => char.IsAscii(character) && (!char.IsControl(character) || character == '\t') && character != ' ';
}
