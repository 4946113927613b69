using System.Runtime.CompilerServices;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>
/// A lake as it would be: what is written goes into a folder of it, what is read is there or else in the lake itself, which stays as it is.
/// Several processes that name the same folder see the same.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="side">The folder.</param>
internal sealed class SideLake(ILake lake, LakePath side) : ILake
{
    /// <inheritdoc />
    public string LocalFolder => lake.LocalFolder;

    /// <inheritdoc />
    public async IAsyncEnumerable<LakeFile> ListAsync(LakePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var aside = await lake.ListAsync(folder is null ? side : Aside(folder), cancellationToken)
            .Select(file => file with { Path = new LakePath(file.Path.Value[(side.Value.Length + 1)..]) }).ToListAsync(cancellationToken);
        var own = await lake.ListAsync(folder, cancellationToken).Where(file => !file.Path.Value.StartsWith(side.Value + '/', StringComparison.Ordinal)).ToListAsync(cancellationToken);
        foreach (var file in aside.Concat(own).DistinctBy(file => file.Path).OrderBy(file => file.Path.Value, StringComparer.Ordinal))
        {
            yield return file;
        }
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(LakePath path, CancellationToken cancellationToken) =>
        await lake.ExistsAsync(Aside(path), cancellationToken) || await lake.ExistsAsync(path, cancellationToken);

    /// <inheritdoc />
    public async Task<Stream> OpenReadAsync(LakePath path, CancellationToken cancellationToken) =>
        await lake.OpenReadAsync(await FoundAsync(path, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async Task<bool> WriteOnceAsync(LakePath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        !await lake.ExistsAsync(path, cancellationToken) && await lake.WriteOnceAsync(Aside(path), write, cancellationToken);

    /// <inheritdoc />
    public async Task<bool> ImportOnceAsync(string localFile, LakePath path, CancellationToken cancellationToken)
    {
        if (await lake.ExistsAsync(path, cancellationToken))
        {
            File.Delete(localFile);
            return false;
        }

        return await lake.ImportOnceAsync(localFile, Aside(path), cancellationToken);
    }

    /// <inheritdoc />
    public Task ImportAsync(string localFile, LakePath path, CancellationToken cancellationToken) => lake.ImportAsync(localFile, Aside(path), cancellationToken);

    /// <inheritdoc />
    public Task<bool> ChangeAsync(LakePath path, Func<string, bool> change, CancellationToken cancellationToken) => lake.ChangeAsync(Aside(path), change, cancellationToken);

    /// <inheritdoc />
    public async Task CopyAsync(LakePath source, LakePath target, CancellationToken cancellationToken) =>
        await lake.CopyAsync(await FoundAsync(source, cancellationToken), Aside(target), cancellationToken);

    /// <summary>Moves what is aside. A file of the lake itself would have to be gone from there.</summary>
    public Task MoveAsync(LakePath source, LakePath target, CancellationToken cancellationToken) => lake.MoveAsync(Aside(source), Aside(target), cancellationToken);

    /// <summary>Deletes what is aside; what is in the lake itself stays.</summary>
    public Task DeleteAsync(LakePath path, CancellationToken cancellationToken) => lake.DeleteAsync(Aside(path), cancellationToken);

    /// <inheritdoc />
    public async Task<LakeDocument?> ReadAsync(LakePath path, CancellationToken cancellationToken) =>
        await lake.ReadAsync(Aside(path), cancellationToken) ?? await lake.ReadAsync(path, cancellationToken);

    /// <inheritdoc />
    public async Task<string> ReplaceAsync(LakePath path, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken)
    {
        var aside = await lake.ReadAsync(Aside(path), cancellationToken);
        var current = aside ?? await lake.ReadAsync(path, cancellationToken);
        return current?.Tag == tag
            ? await lake.ReplaceAsync(Aside(path), content, aside?.Tag, cancellationToken)
            : throw new LakeConflictException(path);
    }

    /// <inheritdoc />
    public Task<ILakeLease> LeaseAsync(LakePath path, string holder, CancellationToken cancellationToken) =>
        lake.LeaseAsync(new LakePath($"leases/{side}/{path}"), holder, cancellationToken);

    /// <inheritdoc />
    public async Task<string> LocalAsync(LakePath path, CancellationToken cancellationToken) =>
        await lake.LocalAsync(await FoundAsync(path, cancellationToken), cancellationToken);

    /// <summary>Deletes the folder with all that is in it.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await foreach (var file in lake.ListAsync(side, cancellationToken))
        {
            await lake.DeleteAsync(file.Path, cancellationToken);
        }
    }

    private LakePath Aside(LakePath path) => side.Child(path.Value);

    private async Task<LakePath> FoundAsync(LakePath path, CancellationToken cancellationToken) =>
        await lake.ExistsAsync(Aside(path), cancellationToken) ? Aside(path) : path;
}
