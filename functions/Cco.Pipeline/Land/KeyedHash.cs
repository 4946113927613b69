using System.Security.Cryptography;
using System.Text;

namespace Cco.Pipeline.Land;

/// <summary>Hashes (HMAC-SHA256) that only those who have the key can make, so that nobody finds a person by trying all addresses.</summary>
internal sealed class KeyedHash(string secret)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Equal for equal keys: tells that two hashes can be held against each other.</summary>
    public string Check => Of("check", "");

    /// <summary>The hash of a value.</summary>
    /// <param name="kind">What the value is: equal texts of two kinds have two hashes.</param>
    /// <param name="value">The value.</param>
    public string Of(string kind, string value) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}:{value}")));
}
