using Parquet;

namespace Cco.Pipeline.Land;

/// <summary>What a raw file says besides its records.</summary>
internal static class RawFooter
{
    /// <summary>The name of the entry that says how far its stream has been read with it.</summary>
    public const string Place = "place";

    /// <summary>The name of the entry that says which fields its records have.</summary>
    public const string Fields = "fields";

    /// <summary>The name of that entry in a file that was made of several, for the records of one of them.</summary>
    /// <param name="landed">Where that one landed.</param>
    public static string FieldsOf(string landed) => $"{Fields}:{landed}";

    /// <summary>The name of the entry that says what its records were read from.</summary>
    public const string Origin = "origin";

    /// <summary>How far the stream has been read; null where the file does not say.</summary>
    /// <param name="file">The file's content; its position can be set.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<string?> PlaceAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        return reader.CustomMetadata.GetValueOrDefault(Place);
    }
}
