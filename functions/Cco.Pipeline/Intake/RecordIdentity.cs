using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Cco.Pipeline.Intake;

/// <summary>How a record is told from others, and its versions from one another.</summary>
internal static class RecordIdentity
{
    private const int HashBytes = 12;

    private static readonly SearchValues<char> InstantCharacters = SearchValues.Create("0123456789-+:.TZ ");

    /// <summary>The column that says when a record changed, where its table names none.</summary>
    public const string DefaultUpdatedAt = "updated_at";

    /// <summary>The expected form of a time of change.</summary>
    public const string ExpectedInstant = "Expected a time of change in ISO 8601, such as 2026-03-01T10:00:00Z or 2026-03-01.";

    /// <summary>The id of a record that is named by one or more values. Different values never make the same id.</summary>
    public static string Of(ReadOnlySpan<string> values)
    {
        if (values.Length == 1)
        {
            return values[0];
        }

        var parts = new string[values.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = values[index].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
        }

        return string.Join('|', parts);
    }

    /// <summary>The id of a record that names itself: the same content is the same record.</summary>
    public static string Of(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    /// <summary>Why a record without a value in that column is none.</summary>
    public static string MissingId(string column) => $"The record has no value in '{column}', which is part of its id.";

    /// <summary>Reads an ISO 8601 instant or day. One without an offset is in UTC.</summary>
    public static bool TryReadInstant(string text, out DateTimeOffset instant)
    {
        var trimmed = text.AsSpan().Trim();
        instant = default;
        return trimmed is [_, _, _, _, '-', _, _, '-', _, _, ..]
            && trimmed.IndexOfAnyExcept(InstantCharacters) < 0
            && DateTimeOffset.TryParse(
                trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }
}
