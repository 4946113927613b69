using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Land;

/// <summary>A raw or quarantine file that counts: as it landed, or one that stands in the place of others.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Holds">The files as they were written whose records are in it, by path; itself where nothing was replaced.</param>
public sealed record CountedFile(LakePath Path, IReadOnlyList<HeldFile> Holds)
{
    /// <summary>Its size in bytes, where it was listed.</summary>
    public long Length { get; init; }

    /// <summary>The files below a folder of <c>raw/</c> or <c>quarantine/</c> that count, by the first file that each holds.</summary>
    public static async IAsyncEnumerable<CountedFile> ListAsync(ILake lake, LakePath folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The list first: what is replaced between the two is in the document then, and what it replaces is no longer asked for.
        var listed = await lake.ListAsync(folder, cancellationToken).ToDictionaryAsync(file => file.Path, file => file.Length, cancellationToken: cancellationToken);
        var standIns = await StandIns.ReadAsync(lake, cancellationToken);
        foreach (var file in standIns.Counted(folder, listed.Keys).OrderBy(file => file.Holds[0].Path, StringComparer.Ordinal))
        {
            yield return file with { Length = listed.GetValueOrDefault(file.Path) };
        }
    }
}
