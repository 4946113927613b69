using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Cco.Pipeline.Intake;

/// <summary>Reads a CSV: a header, and a record a row.</summary>
/// <param name="reading">The file.</param>
/// <param name="pages">Where the records go.</param>
internal sealed class CsvRecords(Reading reading, RecordPages pages)
{
    private long line = 1;

    /// <summary>Full pages, as they fill; what is left stays in <c>pages</c>.</summary>
    public async IAsyncEnumerable<RawPage> ReadAsync(ByteWindow window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new CsvRow(Delimiter(window), reading.Table.Csv.Quote);
        using var table = await HeaderAsync(window, row, cancellationToken);
        while (await NextAsync(window, row, cancellationToken))
        {
            table.Add(row, window.Span[..row.TextLength], line);
            Leave(window, row);
            if (pages.IsFull)
            {
                yield return pages.Take();
            }
        }
    }

    private char Delimiter(ByteWindow window) =>
        reading.Table.Csv.Delimiter ?? CsvDelimiter.Sniff(window.Span, window.IsLast, reading.Table.Csv.Quote);

    private async Task<CsvTable> HeaderAsync(ByteWindow window, CsvRow row, CancellationToken cancellationToken)
    {
        if (!await NextAsync(window, row, cancellationToken))
        {
            throw reading.Unreadable("it holds nothing but empty lines. A file without records still has its header: export it again.");
        }

        if (row.BadCell is not null || !Utf8.IsValid(window.Span[..row.TextLength]))
        {
            throw reading.Unreadable(
                $"the header in line {line} cannot be read: it has {(row.BadCell is null ? "bytes that are not valid UTF-8" : "text behind a closing quote")}. "
                + $"If the file is written in another way, say so in landing/{reading.Table.Name}.yaml (csv: {{ encoding, delimiter, quote }}).");
        }

        var table = new CsvTable(Headers(window.Span, row), reading, pages);
        Leave(window, row);
        return table;
    }

    private static List<string> Headers(ReadOnlySpan<byte> text, CsvRow row)
    {
        var headers = new List<string>(row.Count);
        var scratch = Array.Empty<byte>();
        foreach (var cell in row.Cells)
        {
            headers.Add(Encoding.UTF8.GetString(row.Text(text, cell, ref scratch)));
        }

        return headers;
    }

    /// <summary>Brings the next row that is not empty into view.</summary>
    private async ValueTask<bool> NextAsync(ByteWindow window, CsvRow row, CancellationToken cancellationToken)
    {
        while (!window.IsLast || !window.Memory.IsEmpty)
        {
            if (!row.TryRead(window.Span, window.IsLast))
            {
                await ReadOnAsync(window, row, cancellationToken);
            }
            else if (row.TextLength > 0)
            {
                return true;
            }
            else
            {
                Leave(window, row);
            }
        }

        return false;
    }

    private async Task ReadOnAsync(ByteWindow window, CsvRow row, CancellationToken cancellationToken)
    {
        var openQuote = row.OpenQuoteLine is { } below ? line + below : (long?)null;
        if (window.IsLast)
        {
            throw reading.Unreadable($"the quote that is opened in line {openQuote} is never closed. Close it, or double it if it is part of the text.");
        }

        if (!await window.FillAsync(cancellationToken))
        {
            throw reading.Unreadable(
                $"the row that begins in line {line} is longer than {reading.Options.MaxRecordBytes:N0} bytes"
                + (openQuote is null ? ". " : $"; a quote is opened in line {openQuote} and perhaps not closed. ")
                + "Repair the row, or raise MaxRecordBytes.");
        }
    }

    private void Leave(ByteWindow window, CsvRow row)
    {
        line += row.Lines;
        window.Advance(row.Length);
    }
}
