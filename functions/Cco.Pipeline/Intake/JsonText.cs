using System.Buffers;

namespace Cco.Pipeline.Intake;

/// <summary>Finds values in the bytes of JSON by their brackets and quotes alone; whether they are sound is asked later, one by one.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> TextEnds = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>What JSON calls white space.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The text without blanks around it.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        var first = text.Span.IndexOfAnyExcept(Blanks);
        return first < 0 ? default : text[first..(text.Span.LastIndexOfAnyExcept(Blanks) + 1)];
    }

    /// <summary>The length of the value at the start of the text; -1 where its end is not in view.</summary>
    public static int ValueLength(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'{' or (byte)'[' => NestedLength(text),
        (byte)'"' => StringLength(text),
        _ => text.IndexOfAny(ScalarEnds),
    };

    private static int NestedLength(ReadOnlySpan<byte> text)
    {
        var (at, depth) = (0, 0);
        while (true)
        {
            var found = text[at..].IndexOfAny(Structure);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (text[at] == '"')
            {
                var length = StringLength(text[at..]);
                if (length < 0)
                {
                    return -1;
                }

                at += length;
                continue;
            }

            depth += text[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
            if (depth == 0)
            {
                return at;
            }
        }
    }

    private static int StringLength(ReadOnlySpan<byte> text)
    {
        var at = 1;
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny(TextEnds);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (text[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }

        return -1;
    }
}
