using System.Security.Cryptography;
using System.Text;

namespace Cco.Pipeline.Transform;

/// <summary>Names a result by everything that made it: equal fingerprints, equal results.</summary>
internal static class Fingerprint
{
    /// <summary>Raised when the engine writes results differently for the same SQL: nothing older is used then.</summary>
    private const string Format = "1";

    /// <summary>The fingerprint of some parts, in their order.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts.Prepend(Format))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..20];
    }
}
