using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Cco.Pipeline.Intake;

/// <summary>Turns the rows below one header into records. Cells stay the text that they are; an empty cell without quotes is left out.</summary>
internal sealed class CsvTable : IDisposable
{
    private static readonly JsonWriterOptions Untouched = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Reading reading;
    private readonly RecordPages pages;
    private readonly ImmutableArray<string> names;
    private readonly JsonEncodedText[] properties;
    private readonly int[] recordId;
    private readonly string[] recordIdValues;
    private readonly int updatedAt;
    private readonly int fewestCells;
    private readonly ArrayBufferWriter<byte> payload = new();
    private readonly Utf8JsonWriter writer;
    private byte[] scratch = new byte[256];

    /// <param name="headers">The cells of the header.</param>
    /// <param name="reading">The file.</param>
    /// <param name="pages">Where the records go.</param>
    /// <exception cref="UnreadableFileException">The header is not one of this table.</exception>
    public CsvTable(IReadOnlyList<string> headers, Reading reading, RecordPages pages)
    {
        (this.reading, this.pages, names) = (reading, pages, TableHeader.Named(headers, reading));
        properties = [.. names.Select(name => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        recordId = [.. reading.Table.Columns.RecordId.Select(column => names.IndexOf(column))];
        recordIdValues = new string[recordId.Length];
        updatedAt = names.IndexOf(reading.Table.Columns.UpdatedAt ?? RecordIdentity.DefaultUpdatedAt);
        fewestCells = names.Length;
        while (fewestCells > 1 && names[fewestCells - 1] == TableHeader.Unnamed(fewestCells - 1))
        {
            fewestCells--;
        }

        writer = new Utf8JsonWriter(payload, Untouched);
    }

    /// <summary>Adds a row, as a record or as a rejected one.</summary>
    /// <param name="row">Its cells.</param>
    /// <param name="text">Its bytes, without the line end.</param>
    /// <param name="line">The line it begins on.</param>
    public void Add(CsvRow row, ReadOnlySpan<byte> text, long line)
    {
        if (Fault(row, text, line) is { } fault)
        {
            var value = fault.Cell is { } cell ? text.Slice(row.Cells[cell].Start, row.Cells[cell].Length) : text;
            pages.Reject(line, fault.Cell < names.Length ? names[fault.Cell.Value] : null, RecordPages.Shown(value), fault.Reason);
            return;
        }

        if (!TryReadId(row, text, line) || !TryReadUpdatedAt(row, text, line, out var changed))
        {
            return;
        }

        WritePayload(row, text);
        var id = recordId.Length == 0 ? RecordIdentity.Of(payload.WrittenSpan) : RecordIdentity.Of(recordIdValues);
        pages.Add(id, changed, line, Encoding.UTF8.GetString(payload.WrittenSpan));
    }

    /// <inheritdoc />
    public void Dispose() => writer.Dispose();

    /// <summary>What keeps a row from being a record, and the cell it is about; no cell where it is about the row.</summary>
    private (int? Cell, string Reason)? Fault(CsvRow row, ReadOnlySpan<byte> text, long line)
    {
        if (row.BadCell is not null)
        {
            var reach = row.Lines > 1 ? $" The row was read to line {line + row.Lines - 1}." : "";
            return (null, $"There is text behind the closing quote of cell {row.BadCell + 1}: a quote within a quoted cell is written twice.{reach}");
        }

        if (row.Count < fewestCells || row.Count > names.Length)
        {
            return (null, $"The row has {row.Count} cells where the header has {names.Length}.");
        }

        if (!Utf8.IsValid(text))
        {
            var encoding = reading.SuspectedEncoding ?? "...";
            return (Find(row, text, cell => !Utf8.IsValid(cell)),
                $"The bytes are not valid UTF-8. If the file has another encoding, name it in landing/{reading.Table.Name}.yaml (csv: {{ encoding: {encoding} }}).");
        }

        return text.Contains((byte)0)
            ? (Find(row, text, cell => cell.Contains((byte)0)), "There is a NUL character in the row: the file was damaged, or is no text.")
            : null;
    }

    private static int? Find(CsvRow row, ReadOnlySpan<byte> text, Func<ReadOnlySpan<byte>, bool> isBad)
    {
        for (var index = 0; index < row.Count; index++)
        {
            if (isBad(text.Slice(row.Cells[index].Start, row.Cells[index].Length)))
            {
                return index;
            }
        }

        return null;
    }

    private bool TryReadId(CsvRow row, ReadOnlySpan<byte> text, long line)
    {
        for (var part = 0; part < recordId.Length; part++)
        {
            var column = reading.Table.Columns.RecordId[part];
            var value = recordId[part] < 0 ? "" : Value(row, text, recordId[part]) ?? "";
            if (string.IsNullOrWhiteSpace(value) && !reading.Table.Columns.Defaulted.Contains(column))
            {
                pages.Reject(line, column, value, RecordIdentity.MissingId(column));
                return false;
            }

            recordIdValues[part] = value;
        }

        return true;
    }

    private bool TryReadUpdatedAt(CsvRow row, ReadOnlySpan<byte> text, long line, out DateTimeOffset changed)
    {
        changed = reading.ReadAt;
        var value = updatedAt < 0 ? "" : Value(row, text, updatedAt);
        if (string.IsNullOrWhiteSpace(value) || RecordIdentity.TryReadInstant(value, out changed))
        {
            return true;
        }

        pages.Reject(line, names[updatedAt], RecordPages.Shown(Encoding.UTF8.GetBytes(value)), RecordIdentity.ExpectedInstant);
        return false;
    }

    private string Value(CsvRow row, ReadOnlySpan<byte> text, int column) =>
        column < row.Count ? Encoding.UTF8.GetString(row.Text(text, row.Cells[column], ref scratch)) : "";

    private void WritePayload(CsvRow row, ReadOnlySpan<byte> text)
    {
        payload.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        for (var index = 0; index < row.Count; index++)
        {
            ref readonly var cell = ref row.Cells[index];
            if (cell.Length > 0 || cell.IsQuoted)
            {
                writer.WriteString(properties[index], row.Text(text, cell, ref scratch));
            }
        }

        writer.WriteEndObject();
        writer.Flush();
    }
}
