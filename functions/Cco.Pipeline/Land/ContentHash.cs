using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Cco.Pipeline.Land;

/// <summary>Hashes of a file's bytes. They tell whether bytes arrived as they were sent; they protect from nobody.</summary>
internal static class ContentHash
{
    /// <summary>The library's own ways read a stream by 4 KiB.</summary>
    private const int Piece = 1 << 18;

    /// <summary>The hash that blob storage computes and keeps, MD5, of a stream from where it is to its end.</summary>
    public static async Task<byte[]> OfAsync(Stream content, CancellationToken cancellationToken) => (await BothAsync(content, cancellationToken)).Hash;

    /// <summary>A hash that takes a tenth of the time, XXH128, of a stream from where it is to its end.</summary>
    public static async Task<string> QuickAsync(Stream content, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        await ReadAsync(content, hash.Append, cancellationToken);
        return Text(hash.GetCurrentHash())!;
    }

    /// <summary>Both, in one reading.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is the hash that the service computes and keeps.")]
    public static async Task<(byte[] Hash, string Quick)> BothAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var quick = new XxHash128();
        await ReadAsync(
            content,
            piece =>
            {
                hash.AppendData(piece);
                quick.Append(piece);
            },
            cancellationToken);
        return (hash.GetHashAndReset(), Text(quick.GetCurrentHash())!);
    }

    /// <summary>A hash as text, in lower-case hexadecimal; null where there is none.</summary>
    public static string? Text(byte[]? hash) => hash is { Length: > 0 } ? Convert.ToHexStringLower(hash) : null;

    private static async Task ReadAsync(Stream content, Action<ReadOnlySpan<byte>> append, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await content.ReadAsync(piece, cancellationToken) is > 0 and var length)
            {
                append(piece.AsSpan(0, length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
