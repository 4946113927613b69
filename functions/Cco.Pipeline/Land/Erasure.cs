using System.Text.Json;

namespace Cco.Pipeline.Land;

/// <summary>The record of an erasure: that one was, and by which hashes those who were erased are known if they are delivered again.</summary>
/// <param name="Id">Its name, made of the hash of what was asked for: the same request has the same.</param>
/// <param name="BegunAt">When it was asked for first, in UTC.</param>
/// <param name="CompletedAt">When nothing was left, in UTC; null: it was ended before, and is to be asked for again.</param>
/// <param name="By">The user and machine that asked.</param>
/// <param name="Emails">The keyed hash of each address.</param>
/// <param name="Ids">The keyed hash of each id of a customer.</param>
/// <param name="KeyCheck">Tells whether a key is the one these hashes were made with.</param>
/// <param name="Places">What was found, by folder.</param>
public sealed record Erasure(
    string Id,
    DateTimeOffset BegunAt,
    DateTimeOffset? CompletedAt,
    string By,
    IReadOnlyList<string> Emails,
    IReadOnlyList<string> Ids,
    string KeyCheck,
    IReadOnlyList<ErasedPlace> Places)
{
    /// <summary>The folder of these records.</summary>
    public static LakePath Folder { get; } = new("erasures");

    /// <summary>Where the record is.</summary>
    internal LakePath Path => Folder.Child($"{Id}.json");

    /// <summary>All that were.</summary>
    internal static async Task<IReadOnlyList<Erasure>> ReadAllAsync(ILake lake, CancellationToken cancellationToken)
    {
        var erasures = new List<Erasure>();
        await foreach (var file in lake.ListAsync(Folder, cancellationToken))
        {
            if (await lake.ReadAsync(file.Path, cancellationToken) is { } document)
            {
                erasures.Add(JsonSerializer.Deserialize<Erasure>(document.Content.Span, PipelineJson.Readable)!);
            }
        }

        return erasures;
    }

    /// <summary>Writes the record, in place of the one before.</summary>
    internal Task WriteAsync(ILake lake, CancellationToken cancellationToken) =>
        lake.PutAsync(Path, JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Readable), cancellationToken);
}

/// <summary>What was found of someone in one folder of the lake.</summary>
/// <param name="Folder">The folder, at the top of the lake.</param>
/// <param name="Files">How many files.</param>
/// <param name="Records">How many records in <c>raw/</c> and <c>quarantine/</c>, or rows in other tables; null: not counted.</param>
public sealed record ErasedPlace(string Folder, int Files, long? Records);
