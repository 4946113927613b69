using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Intake;

/// <summary>Reads JSON lines: an object a line.</summary>
/// <param name="reading">The file.</param>
/// <param name="pages">Where the records go.</param>
internal sealed class JsonLines(Reading reading, RecordPages pages)
{
    /// <summary>Full pages, as they fill; what is left stays in <c>pages</c>.</summary>
    public async IAsyncEnumerable<RawPage> ReadAsync(ByteWindow window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new JsonRecords(reading, pages, reading.Table.Columns.Mapping);
        for (var line = 1L; await NextAsync(window, line, cancellationToken) is { } length; line++)
        {
            var text = JsonText.Trim(window.Memory[..length]);
            if (!text.IsEmpty)
            {
                records.Add(text, line);
            }

            window.Advance(length);
            if (pages.IsFull)
            {
                yield return pages.Take();
            }
        }

        records.Complete();
    }

    /// <summary>The length of the next line with its end; null behind the last one.</summary>
    private async ValueTask<int?> NextAsync(ByteWindow window, long line, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = window.Span.IndexOf((byte)'\n');
            if (end >= 0)
            {
                return end + 1;
            }

            if (window.IsLast)
            {
                return window.Memory.IsEmpty ? null : window.Memory.Length;
            }

            if (!await window.FillAsync(cancellationToken))
            {
                throw reading.Unreadable($"line {line} is longer than {reading.Options.MaxRecordBytes:N0} bytes. Repair it, or raise MaxRecordBytes.");
            }
        }
    }
}
