using System.Text;
using System.Text.Json;

namespace Cco.Pipeline.Extract;

/// <summary>Takes an answer apart in one pass over its bytes: where each record is, and the values beside them. There is never a tree of it.</summary>
internal sealed class AnswerReader
{
    private readonly byte[][] records;
    private readonly FieldPaths beside;

    /// <param name="records">Where the records are, such as <c>result/items</c>; empty: the answer is the list.</param>
    /// <param name="beside">The paths of the values that are wanted beside them.</param>
    public AnswerReader(string records, IReadOnlyList<string> beside)
    {
        this.records = records.Length == 0 ? [] : [.. records.Split('/').Select(Encoding.UTF8.GetBytes)];
        this.beside = new FieldPaths(beside);
    }

    /// <summary>The records' places in the answer, and the values beside them.</summary>
    /// <exception cref="JsonException">The answer is not JSON.</exception>
    /// <exception cref="FormatException">There is no list, or something in it is no object.</exception>
    public Parts Read(ReadOnlySpan<byte> answer)
    {
        var found = new List<Range>();
        var reader = new Utf8JsonReader(answer, JsonLimits.Reader);
        reader.Read();
        if (records.Length == 0)
        {
            Records(ref reader, found);
        }
        else
        {
            Descend(ref reader, 0, found);
        }

        while (reader.Read())
        {
            // To the end, so that an answer that was cut off is noticed.
        }

        return new Parts(found, beside.Count == 0 ? [] : beside.Of(answer));
    }

    private void Descend(ref Utf8JsonReader reader, int depth, List<Range> found)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException($"expected an object with '{Encoding.UTF8.GetString(records[depth])}' in it, not {Named(reader.TokenType)}.");
        }

        var isThere = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOnTheWay = reader.ValueTextEquals(records[depth]);
            reader.Read();
            if (!isOnTheWay)
            {
                reader.Skip();
                continue;
            }

            isThere = true;
            if (depth == records.Length - 1)
            {
                Records(ref reader, found);
            }
            else
            {
                Descend(ref reader, depth + 1, found);
            }
        }

        if (!isThere)
        {
            throw new FormatException($"there is no '{Encoding.UTF8.GetString(records[depth])}' in the answer.");
        }
    }

    private static void Records(ref Utf8JsonReader reader, List<Range> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.StartObject:
                found.Add(Record(ref reader));
                return;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    found.Add(Record(ref reader));
                }

                return;
            default:
                throw new FormatException($"expected a list of records, not {Named(reader.TokenType)}.");
        }
    }

    private static Range Record(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException($"expected a record, which is an object, not {Named(reader.TokenType)}.");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static string Named(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.None => "nothing",
        _ => token.ToString().ToLowerInvariant(),
    };

    /// <summary>The parts of an answer.</summary>
    /// <param name="Records">Where each record is.</param>
    /// <param name="Beside">The values beside them, in the order of their paths.</param>
    public sealed record Parts(IReadOnlyList<Range> Records, string?[] Beside);
}
