using System.Security.Cryptography;
using System.Text;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Keeps the latest refresh token of a source, encrypted with a key that only those have who know the client's secret (AES-GCM, key by
/// HKDF). It belongs to the refresh token that was given in the settings: when that is replaced, what was kept counts no more.
/// </summary>
/// <param name="read">Reads the document; null where there is none.</param>
/// <param name="write">Replaces the document.</param>
public sealed class TokenStore(Func<CancellationToken, Task<byte[]?>> read, Func<byte[], CancellationToken, Task> write)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>The latest token; null where none was kept for the one that was given.</summary>
    internal async Task<string?> FindAsync(string given, string keyMaterial, CancellationToken cancellationToken)
    {
        if (await read(cancellationToken) is not { Length: > NonceBytes + TagBytes } kept)
        {
            return null;
        }

        var text = new byte[kept.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Key(given, keyMaterial), TagBytes);
            cipher.Decrypt(kept.AsSpan(0, NonceBytes), kept.AsSpan(NonceBytes + TagBytes), kept.AsSpan(NonceBytes, TagBytes), text);
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Keeps a token.</summary>
    internal Task KeepAsync(string token, string given, string keyMaterial, CancellationToken cancellationToken) =>
        write(Encrypted(token, Key(given, keyMaterial)), cancellationToken);

    private static byte[] Encrypted(string token, byte[] key)
    {
        var text = Encoding.UTF8.GetBytes(token);
        var kept = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(kept.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(kept.AsSpan(0, NonceBytes), text, kept.AsSpan(NonceBytes + TagBytes), kept.AsSpan(NonceBytes, TagBytes));
        return kept;
    }

    private static byte[] Key(string given, string keyMaterial) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(keyMaterial), KeyBytes, Encoding.UTF8.GetBytes(given), "cco refresh token"u8.ToArray());
}
