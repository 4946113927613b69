using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cco.Pipeline.Sample;

/// <summary>
/// One row of a table, written cell by cell under its column's name. The first row of a table decides its columns; each
/// further one must name the same in the same order, so that a value cannot slip into its neighbour's column.
/// </summary>
internal sealed class CsvRow(Action<CsvRow> end)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private readonly List<string> columns = [];
    private readonly List<int> ends = [];
    private byte[] buffer = new byte[1024];
    private bool isHeaderKnown;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>The row in CSV, without the line break.</summary>
    public ReadOnlySpan<byte> Line => buffer.AsSpan(0, ends.Count == 0 ? 0 : ends[^1]);

    public CsvRow Text(string column, string? value)
    {
        var start = Begin(column, 3 + (2 * 3 * (value?.Length ?? 0)));
        return value is null ? Finish(start) : Finish(Write(start, value));
    }

    public CsvRow Number(string column, long? value) => Formatted(column, value, default);

    public CsvRow Amount(string column, decimal? value) => Formatted(column, value, default);

    public CsvRow Day(string column, DateOnly? value) => Formatted(column, value, "o");

    public CsvRow Instant(string column, DateTimeOffset? value)
    {
        Formatted(column, value?.UtcDateTime, "s");
        if (value is not null)
        {
            buffer[ends[^1]] = (byte)'Z';
            ends[^1]++;
        }

        return this;
    }

    public CsvRow Flag(string column, bool value) => Text(column, value ? "true" : "false");

    /// <summary>Hands the row to its table.</summary>
    public void End()
    {
        if (ends.Count != columns.Count)
        {
            throw new InvalidOperationException($"A row ends before its column '{columns[ends.Count]}'.");
        }

        isHeaderKnown = true;
        end(this);
        ends.Clear();
    }

    public bool Has(string column) => columns.Contains(column);

    /// <summary>The text of a cell that holds nothing to be quoted.</summary>
    public string Cell(string column)
    {
        var place = columns.IndexOf(column);
        var start = place == 0 ? 0 : ends[place - 1] + 1;
        return Encoding.UTF8.GetString(buffer.AsSpan(start, ends[place] - start));
    }

    /// <summary>The row with some cells replaced by texts that hold nothing to be quoted.</summary>
    public byte[] With(IReadOnlyDictionary<string, string> cells)
    {
        var line = new ArrayBufferWriter<byte>();
        for (var place = 0; place < columns.Count; place++)
        {
            line.Write(place == 0 ? [] : ","u8);
            var start = place == 0 ? 0 : ends[place - 1] + 1;
            line.Write(cells.TryGetValue(columns[place], out var cell) ? Encoding.UTF8.GetBytes(cell) : buffer.AsSpan(start, ends[place] - start));
        }

        return line.WrittenSpan.ToArray();
    }

    private CsvRow Formatted<T>(string column, T? value, ReadOnlySpan<char> format)
        where T : struct, IUtf8SpanFormattable
    {
        var start = Begin(column, 64);
        var written = 0;
        value?.TryFormat(buffer.AsSpan(start), out written, format, CultureInfo.InvariantCulture);
        return Finish(start + written);
    }

    private int Begin(string column, int room)
    {
        var place = ends.Count;
        if (!isHeaderKnown)
        {
            columns.Add(column);
        }
        else if (place == columns.Count || columns[place] != column)
        {
            throw new InvalidOperationException($"Column '{column}' is out of place: {string.Join(", ", columns)}.");
        }

        var start = place == 0 ? 0 : ends[^1];
        if (buffer.Length < start + room + 2)
        {
            Array.Resize(ref buffer, 2 * (start + room + 2));
        }

        if (place > 0)
        {
            buffer[start++] = (byte)',';
        }

        return start;
    }

    private CsvRow Finish(int position)
    {
        ends.Add(position);
        return this;
    }

    private int Write(int position, string value)
    {
        if (value.AsSpan().IndexOfAny(Quoted) < 0)
        {
            return position + Encoding.UTF8.GetBytes(value, buffer.AsSpan(position));
        }

        buffer[position++] = (byte)'"';
        position += Encoding.UTF8.GetBytes(value.Replace("\"", "\"\"", StringComparison.Ordinal), buffer.AsSpan(position));
        buffer[position++] = (byte)'"';
        return position;
    }
}
