using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cco.Pipeline.Land;

/// <summary>
/// The fields of the records of one raw file, with their types: kept in its metadata, so that nobody reads the file again to find out what a
/// source gives. Of a file the first <see cref="FirstRecords"/> records are looked at and one in eight of the rest. Members of objects are
/// fields of their own, by path; arrays are looked at as such. Tombstones have no fields.
/// </summary>
internal sealed class ObservedFields
{
    /// <summary>Fields of a file, and one more that tells that there are more.</summary>
    public const int MaxFields = 1_000;

    /// <summary>Members of an object within a record, and one more that tells that there are more: then it holds values by name, and no fields.</summary>
    public const int MaxMembers = 100;

    /// <summary>What the record as a whole is called among its fields.</summary>
    private const string Record = "*";

    private const int Unreadable = 6;
    private const int FirstRecords = 1_000;
    private const int MaxDepth = 8;
    private const int MaxNameLength = 200;

    /// <summary>Multiples of it fall evenly, whatever period the records have.</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static readonly string[] Types = ["text", "number", "boolean", "object", "array", "null", "unreadable"];
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1_000 };
    private static readonly SearchValues<char> Marks = SearchValues.Create(".\"");

    private readonly Field record = new(Record, [], 0);
    private byte[] text = new byte[4 << 10];
    private ulong records;
    private int fields;

    /// <summary>Looks at a record, if it is one of those that are looked at.</summary>
    public void Add(in RawRecord raw)
    {
        if (raw.IsDeleted || (++records > FirstRecords && unchecked(records * Golden) >> 61 != 0))
        {
            return;
        }

        if (text.Length < Encoding.UTF8.GetMaxByteCount(raw.Payload.Length))
        {
            text = new byte[Encoding.UTF8.GetMaxByteCount(raw.Payload.Length)];
        }

        Look(text.AsSpan(0, Encoding.UTF8.GetBytes(raw.Payload, text)));
    }

    /// <summary>What was seen, as a JSON array of <c>field</c>, <c>parent</c>, <c>type</c> and <c>value_count</c>; the record itself is the field <see cref="Record"/>.</summary>
    public string Text()
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = PipelineJson.Compact.Encoder }))
        {
            writer.WriteStartArray();
            Write(writer, record, parent: "");
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Field field, string parent)
    {
        foreach (var (type, count) in field.Counts.Index().Where(type => type.Item > 0))
        {
            writer.WriteStartObject();
            writer.WriteString("field", field.Path);
            writer.WriteString("parent", parent);
            writer.WriteString("type", Types[type]);
            writer.WriteNumber("value_count", count);
            writer.WriteEndObject();
        }

        field.Members.ForEach(member => Write(writer, member, field.Path));
    }

    /// <summary>A record that is no JSON is a field, too: the staging model will say what it thinks of it.</summary>
    private void Look(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Deep);
        try
        {
            reader.Read();
            Look(ref reader, record);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            record.Counts[Unreadable]++;
        }
    }

    private void Look(ref Utf8JsonReader reader, Field? field)
    {
        if (field is not null)
        {
            field.Counts[Type(reader.TokenType)]++;
        }

        if (reader.TokenType == JsonTokenType.StartObject && field is { Depth: < MaxDepth })
        {
            for (var place = 0; reader.Read() && reader.TokenType != JsonTokenType.EndObject; place++)
            {
                var member = Member(ref reader, field, place);
                reader.Read();
                Look(ref reader, member);
            }
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>The member that the reader stands on; null beyond the limits. Records mostly have the same members in the same places.</summary>
    private Field? Member(ref Utf8JsonReader reader, Field field, int place)
    {
        if (place < field.Members.Count && reader.ValueTextEquals(field.Members[place].Name))
        {
            return field.Members[place];
        }

        var name = reader.GetString()!;
        if (field.ByName.TryGetValue(name, out var known))
        {
            return known;
        }

        if (fields > MaxFields || name.Length > MaxNameLength || (field.Depth > 0 && field.Members.Count > MaxMembers))
        {
            return null;
        }

        fields++;
        var shown = name is "" or Record || name.AsSpan().ContainsAny(Marks) ? JsonSerializer.Serialize(name, PipelineJson.Compact) : name;
        var member = new Field(field.Depth == 0 ? shown : $"{field.Path}.{shown}", Encoding.UTF8.GetBytes(name), field.Depth + 1);
        field.Members.Add(member);
        field.ByName.Add(name, member);
        return member;
    }

    private static int Type(JsonTokenType token) => token switch
    {
        JsonTokenType.String => 0,
        JsonTokenType.Number => 1,
        JsonTokenType.True or JsonTokenType.False => 2,
        JsonTokenType.StartObject => 3,
        JsonTokenType.StartArray => 4,
        _ => 5,
    };

    /// <summary>A field and its members.</summary>
    private sealed record Field(string Path, byte[] Name, int Depth)
    {
        public long[] Counts { get; } = new long[Types.Length];

        public List<Field> Members { get; } = [];

        public Dictionary<string, Field> ByName { get; } = new(StringComparer.Ordinal);
    }
}
