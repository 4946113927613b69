using System.Security.Cryptography;
using System.Text.Json;

namespace Cco.Pipeline.Api;

/// <summary>An answer over HTTP.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body.</param>
public sealed record ApiAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The headers beside Content-Type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>An answer that is a value as JSON.</summary>
    internal static ApiAnswer Of<T>(T value, int status = 200) => new(status, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(value, PipelineJson.Readable));

    /// <summary>The answer with its tag; 304 without a body where whoever asks has it already.</summary>
    internal ApiAnswer Tagged(string? known)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Body.Span)[..16])}\"";
        var isKnown = known?.Split(',').Select(one => one.Trim()).Any(one => one == "*" || (one.StartsWith("W/", StringComparison.Ordinal) ? one[2..] : one) == tag) == true;
        return (isKnown ? this with { Status = 304, Body = ReadOnlyMemory<byte>.Empty } : this).With("ETag", tag);
    }

    /// <summary>The answer with one more header.</summary>
    internal ApiAnswer With(string name, string value) => this with { Headers = Headers.Append(new(name, value)).ToDictionary(StringComparer.Ordinal) };
}
