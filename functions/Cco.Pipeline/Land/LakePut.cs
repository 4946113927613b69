namespace Cco.Pipeline.Land;

/// <summary>Documents whose content does not depend on what was there before.</summary>
internal static class LakePut
{
    /// <summary>Writes a document, in place of the one that is there, if any.</summary>
    /// <exception cref="LakeConflictException">Someone else wrote it at the same time.</exception>
    public static async Task PutAsync(this ILake lake, LakePath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await lake.ReplaceAsync(path, content, (await lake.ReadAsync(path, cancellationToken))?.Tag, cancellationToken);
}
