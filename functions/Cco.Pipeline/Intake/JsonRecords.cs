using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cco.Pipeline.Intake;

/// <summary>Turns JSON objects into records. Their text stays as it is, but for the names of columns that the table maps.</summary>
/// <param name="reading">The file.</param>
/// <param name="pages">Where the records go.</param>
/// <param name="mapping">The names that still are to be mapped.</param>
internal sealed class JsonRecords(Reading reading, RecordPages pages, IReadOnlyDictionary<string, string> mapping)
{
    private const int ListedNames = 200;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly HashSet<string> unseen = new(reading.Table.Columns.Expected, StringComparer.Ordinal);
    private readonly List<string> found = [];
    private readonly LandingColumns columns = reading.Table.Columns;
    private string? firstFault;
    private long objects;

    /// <summary>Adds one value, as a record or as a rejected row.</summary>
    /// <param name="text">The value as it stands in the file.</param>
    /// <param name="position">Its line, or its ordinal.</param>
    public void Add(ReadOnlyMemory<byte> text, long position)
    {
        try
        {
            if (Fault(text.Span) is { } fault)
            {
                RejectValue(text, position, fault);
                return;
            }

            using var document = JsonDocument.Parse(text, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                RejectValue(text, position, $"Expected a JSON object, found {Kind(document.RootElement)}.");
                return;
            }

            AddObject(document.RootElement, text, position);
        }
        catch (JsonException exception)
        {
            RejectValue(text, position, $"This is not a JSON object: {exception.Message}");
        }
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="UnreadableFileException">There is no object in it, or none with a column that the table asks for.</exception>
    public void Complete()
    {
        if (objects == 0 && firstFault is not null)
        {
            throw reading.Unreadable($"there is no JSON object in it; expected one a line, or an array of them. The first thing in it: {firstFault}");
        }

        if (objects > 0 && unseen.Count > 0)
        {
            TableHeader.ThrowIfMissing([.. columns.Expected.Except(unseen, StringComparer.Ordinal)], [.. found], reading);
        }
    }

    private void RejectValue(ReadOnlyMemory<byte> text, long position, string reason)
    {
        firstFault ??= reason;
        pages.Reject(position, null, RecordPages.Shown(text.Span), reason);
    }

    private static string? Fault(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return "The bytes are not valid UTF-8, as JSON must be.";
        }

        return text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0 ? HalfCharacter(text) : null;
    }

    /// <summary>One such escape makes the payload unreadable to DuckDB, and with it the whole raw file.</summary>
    private static string? HalfCharacter(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                return "A text holds half of a character: a \\ud800 to \\udfff escape without its other half.";
            }
        }

        return null;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => element.GetRawText(),
    };

    private byte[] Mapped(JsonElement element)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = PipelineJson.Compact.Encoder, SkipValidation = true });
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            writer.WritePropertyName(mapping.GetValueOrDefault(property.Name, property.Name));
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private void AddObject(JsonElement element, ReadOnlyMemory<byte> text, long position)
    {
        if (!mapping.Keys.Any(header => element.TryGetProperty(header, out _)))
        {
            AddRecord(element, text, position);
            return;
        }

        var mapped = Mapped(element);
        using var renamed = JsonDocument.Parse(mapped, Strict);
        AddRecord(renamed.RootElement, mapped, position);
    }

    private void AddRecord(JsonElement element, ReadOnlyMemory<byte> text, long position)
    {
        Note(element);
        if (!TryReadId(element, text.Span, position, out var id))
        {
            return;
        }

        var column = columns.UpdatedAt ?? RecordIdentity.DefaultUpdatedAt;
        var changed = reading.ReadAt;
        var value = element.TryGetProperty(column, out var updatedAt) ? Text(updatedAt) : "";
        if (!string.IsNullOrWhiteSpace(value) && !RecordIdentity.TryReadInstant(value, out changed))
        {
            pages.Reject(position, column, RecordPages.Shown(Encoding.UTF8.GetBytes(value)), RecordIdentity.ExpectedInstant);
            return;
        }

        pages.Add(id, changed, position, Encoding.UTF8.GetString(text.Span));
    }

    private bool TryReadId(JsonElement element, ReadOnlySpan<byte> text, long position, out string id)
    {
        var values = new string[columns.RecordId.Length];
        for (var part = 0; part < values.Length; part++)
        {
            var column = columns.RecordId[part];
            _ = element.TryGetProperty(column, out var value);
            values[part] = Text(value);
            var isMissing = string.IsNullOrWhiteSpace(values[part]) && !columns.Defaulted.Contains(column);
            if (isMissing || value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            {
                pages.Reject(position, column, RecordPages.Shown(Encoding.UTF8.GetBytes(values[part])), RecordIdentity.MissingId(column));
                id = "";
                return false;
            }
        }

        id = values.Length == 0 ? RecordIdentity.Of(text) : RecordIdentity.Of(values);
        return true;
    }

    /// <summary>Remembers which columns the file has, until it has all that are asked for.</summary>
    private void Note(JsonElement element)
    {
        objects++;
        if (unseen.Count == 0)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            unseen.Remove(property.Name);
            if (found.Count < ListedNames && !found.Contains(property.Name, StringComparer.Ordinal))
            {
                found.Add(property.Name);
            }
        }
    }
}
