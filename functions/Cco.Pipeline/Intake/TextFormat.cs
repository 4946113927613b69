namespace Cco.Pipeline.Intake;

/// <summary>What a file holds, once it is unpacked.</summary>
internal enum TextFormat
{
    /// <summary>A header, and a record a row.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>One JSON array of objects.</summary>
    JsonArray,
}

/// <summary>Tells CSV from JSON.</summary>
internal static class TextFormats
{
    private static readonly string[] JsonEndings = [".json", ".jsonl", ".ndjson"];

    /// <summary>
    /// The format by the first characters; where they could begin either, such as a header in brackets, the ending of the name decides.
    /// </summary>
    public static TextFormat Of(ReadOnlySpan<byte> head, string name)
    {
        var text = (head.StartsWith("\uFEFF"u8) ? head[3..] : head).Trim(JsonText.Blanks);
        var first = text.IsEmpty ? default : (char)text[0];
        var rest = text.IsEmpty ? text : text[1..].TrimStart(JsonText.Blanks);
        return first switch
        {
            '{' when rest is [(byte)'"' or (byte)'}', ..] => TextFormat.JsonLines,
            '[' when rest is [(byte)'{', ..] or [(byte)']'] || IsNamedJson(name) => TextFormat.JsonArray,
            _ => IsNamedJson(name) ? TextFormat.JsonLines : TextFormat.Csv,
        };
    }

    private static bool IsNamedJson(string name) => JsonEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
