using System.Text;
using CsCheck;

namespace Cco.Pipeline.Tests.Fuzz;

/// <summary>Damage to the bytes of a file.</summary>
internal static class ByteEdits
{
    private static readonly string[] Tokens =
    [
        "\"", "\"\"", "\r", "\n", ",", ";", "{", "}", "[", "]", ":", "null", "1e999", "-0", "\\ud800", "\\u0000", "\0", "\uFEFF", "PK\u0003\u0004", "PAR1", "\u001f\u008b",
        new('[', 3_000), "9999999999999999999999", "'; drop table x; --", "=cmd|' /C calc'!A0",
    ];

    private static readonly Gen<byte[]> Pieces = Gen.OneOf(
        Gen.Byte.Array[0, 8], Gen.Int[0, Tokens.Length - 1].Select(token => Encoding.Latin1.GetBytes(Tokens[token])));

    private static readonly Gen<(int Kind, double Place, int Length, byte[] Piece)> Edit = Gen.Select(Gen.Int[0, 5], Gen.Double[0, 1], Gen.Int[1, 60], Pieces);

    /// <summary>What makes another file of one.</summary>
    public static Gen<Func<byte[], byte[]>> Some { get; } = Edit.Array[1, 6].Select<(int, double, int, byte[])[], Func<byte[], byte[]>>(
        edits => file => edits.Aggregate(file, (bytes, edit) => Made(bytes, edit)));

    private static byte[] Made(byte[] bytes, (int Kind, double Place, int Length, byte[] Piece) edit)
    {
        var at = (int)(edit.Place * bytes.Length);
        var end = Math.Min(bytes.Length, at + edit.Length);
        return edit.Kind switch
        {
            0 => [.. bytes[..at], .. edit.Piece, .. bytes[Math.Min(bytes.Length, at + edit.Piece.Length)..]],
            1 => [.. bytes[..at], .. edit.Piece, .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => bytes[..at],
            _ => [.. bytes[..at], .. bytes[at..end].Select(value => (byte)(value ^ (1 << (edit.Length % 8)))), .. bytes[end..]],
        };
    }
}
