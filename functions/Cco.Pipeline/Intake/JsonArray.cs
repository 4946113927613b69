using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Intake;

/// <summary>Reads one JSON array, an object at a time. An element that is not sound is rejected; brackets and commas between them must be.</summary>
/// <param name="reading">The file.</param>
/// <param name="pages">Where the records go.</param>
internal sealed class JsonArray(Reading reading, RecordPages pages)
{
    private long ordinal = 1;

    /// <summary>Full pages, as they fill; what is left stays in <c>pages</c>.</summary>
    public async IAsyncEnumerable<RawPage> ReadAsync(ByteWindow window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new JsonRecords(reading, pages, reading.Table.Columns.Mapping);
        await NextMarkAsync(window, cancellationToken);
        window.Advance(1);
        var isFirst = true;
        while (!await EndsAsync(window, isFirst, cancellationToken))
        {
            var length = await ValueLengthAsync(window, cancellationToken);
            records.Add(window.Memory[..length], ordinal++);
            window.Advance(length);
            isFirst = false;
            if (pages.IsFull)
            {
                yield return pages.Take();
            }
        }

        records.Complete();
    }

    /// <summary>Moves on to the next element; true where the array ends instead, and the text with it.</summary>
    private async Task<bool> EndsAsync(ByteWindow window, bool isFirst, CancellationToken cancellationToken)
    {
        var mark = await NextMarkAsync(window, cancellationToken);
        if (mark == ']')
        {
            window.Advance(1);
            return await NextMarkAsync(window, cancellationToken) is null
                ? true
                : throw reading.Unreadable("there is text behind the end of the array. A file holds one array, or an object a line.");
        }

        if (isFirst)
        {
            return false;
        }

        if (mark != ',')
        {
            throw reading.Unreadable($"expected ',' or ']' behind element {ordinal - 1} of the array, found {Name(mark)}. Repair or export it again.");
        }

        window.Advance(1);
        await NextMarkAsync(window, cancellationToken);
        return false;
    }

    /// <summary>The next character that is not blank, brought to the start of the window; null at the end of the text.</summary>
    private static async ValueTask<char?> NextMarkAsync(ByteWindow window, CancellationToken cancellationToken)
    {
        while (true)
        {
            var blanks = window.Span.IndexOfAnyExcept(JsonText.Blanks);
            window.Advance(blanks < 0 ? window.Memory.Length : blanks);
            if (blanks >= 0)
            {
                return (char)window.Span[0];
            }

            if (window.IsLast)
            {
                return null;
            }

            await window.FillAsync(cancellationToken);
        }
    }

    private async ValueTask<int> ValueLengthAsync(ByteWindow window, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = window.Memory.IsEmpty ? -1 : JsonText.ValueLength(window.Span);
            if (length > 0)
            {
                return length;
            }

            if (length == 0 || window.IsLast)
            {
                throw reading.Unreadable(length == 0
                    ? $"expected element {ordinal} of the array, found {Name((char)window.Span[0])}. Repair or export it again."
                    : $"the array ends within element {ordinal}, or a bracket or quote in it is not closed. Repair or export it again.");
            }

            if (!await window.FillAsync(cancellationToken))
            {
                throw reading.Unreadable(
                    $"element {ordinal} of the array is longer than {reading.Options.MaxRecordBytes:N0} bytes, or a bracket or quote in it is not closed. "
                    + "Repair it, or raise MaxRecordBytes.");
            }
        }
    }

    private static string Name(char? mark) => mark is { } found ? $"'{found}'" : "the end of the file";
}
