using System.Buffers;

namespace Cco.Pipeline.Intake;

/// <summary>One cell of a row, as a place in the bytes of the row.</summary>
/// <param name="Start">Where its text begins, behind an opening quote.</param>
/// <param name="Length">How long its text is, without the quotes around it.</param>
/// <param name="IsQuoted">Whether it stood in quotes; an empty cell without them has no value.</param>
/// <param name="HasQuotes">Whether there are doubled quotes in it.</param>
internal readonly record struct CsvCell(int Start, int Length, bool IsQuoted, bool HasQuotes);

/// <summary>
/// Finds one row after the other in the bytes of a CSV (RFC 4180). Lines end in LF, CRLF or CR; quotes inside of a cell that does not begin
/// with one are text. Our own, because the readers there are either end at the first bad quote or repair it in silence, do not tell
/// a quoted empty cell from a missing one, and do not know the line a row begins on.
/// </summary>
internal sealed class CsvRow
{
    private readonly byte delimiter;
    private readonly byte quote;
    private readonly SearchValues<byte> cellEnds;
    private CsvCell[] cells = new CsvCell[16];

    public CsvRow(char delimiter, char quote)
    {
        (this.delimiter, this.quote) = ((byte)delimiter, (byte)quote);
        cellEnds = SearchValues.Create([this.delimiter, (byte)'\r', (byte)'\n']);
    }

    /// <summary>The cells of the row, first to last.</summary>
    public ReadOnlySpan<CsvCell> Cells => cells.AsSpan(0, Count);

    /// <summary>How many cells the row has.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of the row, without its line end.</summary>
    public int TextLength { get; private set; }

    /// <summary>The bytes of the row, with its line end.</summary>
    public int Length { get; private set; }

    /// <summary>The lines that the row takes.</summary>
    public int Lines { get; private set; }

    /// <summary>The cell with text behind its closing quote, counted from 0; null in a sound row.</summary>
    public int? BadCell { get; private set; }

    /// <summary>How many lines below the start of the row a quote was opened that is not closed in what could be seen; null where there is none.</summary>
    public int? OpenQuoteLine { get; private set; }

    /// <summary>Reads the row at the start of the bytes.</summary>
    /// <returns>False where its end is not among them; where they are the last, that is a quote that is never closed.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, bool isLast)
    {
        (Count, Lines, BadCell, OpenQuoteLine) = (0, 1, null, null);
        var at = 0;
        while (true)
        {
            var end = at < text.Length && text[at] == quote ? QuotedEnd(text, at + 1, isLast) : PlainEnd(text, at);
            if (end < 0 || (end >= text.Length - 1 && !isLast))
            {
                return false;
            }

            if (end < text.Length && text[end] == delimiter)
            {
                at = end + 1;
                continue;
            }

            TextLength = end;
            Length = end + LineEndLength(text[end..]);
            return true;
        }
    }

    /// <summary>The bytes of a cell; a quote that was doubled is one.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> row, in CsvCell cell, ref byte[] scratch)
    {
        var text = row.Slice(cell.Start, cell.Length);
        if (!cell.HasQuotes)
        {
            return text;
        }

        if (scratch.Length < text.Length)
        {
            scratch = new byte[text.Length];
        }

        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            scratch[length++] = text[at];
            at += text[at] == quote ? 1 : 0;
        }

        return scratch.AsSpan(0, length);
    }

    private static int LineEndLength(ReadOnlySpan<byte> end) => end switch
    {
        [] => 0,
        [(byte)'\r', (byte)'\n', ..] => 2,
        _ => 1,
    };

    private static int LineEnds(ReadOnlySpan<byte> text)
    {
        var count = text.Count((byte)'\n');
        for (var at = text.IndexOf((byte)'\r'); at >= 0 && at < text.Length; at++)
        {
            count += text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n') ? 1 : 0;
        }

        return count;
    }

    /// <summary>The end of a cell without quotes.</summary>
    private int PlainEnd(ReadOnlySpan<byte> text, int start)
    {
        var end = NextEnd(text, start);
        Add(new CsvCell(start, end - start, IsQuoted: false, HasQuotes: false));
        return end;
    }

    /// <summary>The end of a cell in quotes, counted from behind its opening one; -1 where its closing one is not in view.</summary>
    private int QuotedEnd(ReadOnlySpan<byte> text, int start, bool isLast)
    {
        var (at, hasQuotes) = (start, false);
        while (true)
        {
            var found = text[at..].IndexOf(quote);
            var close = at + found;
            if (found < 0 || (close + 1 == text.Length && !isLast))
            {
                OpenQuoteLine = Lines - 1;
                return -1;
            }

            if (close + 1 < text.Length && text[close + 1] == quote)
            {
                (at, hasQuotes) = (close + 2, true);
                continue;
            }

            Lines += LineEnds(text[start..close]);
            Add(new CsvCell(start, close - start, IsQuoted: true, hasQuotes));
            var end = NextEnd(text, close + 1);
            BadCell ??= end == close + 1 ? null : Count - 1;
            return end;
        }
    }

    private int NextEnd(ReadOnlySpan<byte> text, int from)
    {
        var length = text[from..].IndexOfAny(cellEnds);
        return length < 0 ? text.Length : from + length;
    }

    private void Add(in CsvCell cell)
    {
        if (Count == cells.Length)
        {
            Array.Resize(ref cells, 2 * cells.Length);
        }

        cells[Count++] = cell;
    }
}
