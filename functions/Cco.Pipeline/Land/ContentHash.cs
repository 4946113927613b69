using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Cco.Pipeline.Land;

/// <summary>The hash that blob storage keeps of a file's bytes, MD5. It tells whether bytes arrived as they were sent; it protects from nobody.</summary>
internal static class ContentHash
{
    /// <summary>Hashes a stream from where it is to its end.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is the hash that the service computes and keeps.")]
    public static async Task<byte[]> OfAsync(Stream content, CancellationToken cancellationToken) => await MD5.HashDataAsync(content, cancellationToken);

    /// <summary>A hash as text, in lower-case hexadecimal; null where there is none.</summary>
    public static string? Text(byte[]? hash) => hash is { Length: > 0 } ? Convert.ToHexStringLower(hash) : null;
}
