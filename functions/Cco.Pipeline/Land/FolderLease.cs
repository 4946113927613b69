namespace Cco.Pipeline.Land;

/// <summary>A lease as a file that is locked while its process lives; lost only where someone deletes that file and another takes the name.</summary>
/// <param name="path">The name of the lease.</param>
/// <param name="holder">Who holds it.</param>
/// <param name="locked">The locked file.</param>
/// <param name="label">The file that names the holder.</param>
internal sealed class FolderLease(LakePath path, string holder, FileStream locked, string label) : ILakeLease
{
    /// <inheritdoc />
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(locked.Name) || !File.Exists(label) || await File.ReadAllTextAsync(label, cancellationToken) != holder)
        {
            throw new LakeLeaseLostException(path, holder);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => locked.DisposeAsync();
}
