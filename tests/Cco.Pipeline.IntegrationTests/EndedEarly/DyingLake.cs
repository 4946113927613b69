using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>
/// A lake whose user dies at one of its operations: just before it, or when it is done and nobody has heard of it yet. From then on the
/// user can do nothing, and the leases are free.
/// </summary>
/// <param name="lake">The lake itself, which lives on.</param>
/// <param name="last">The number of the last operation.</param>
/// <param name="isDone">The last operation is done.</param>
internal sealed class DyingLake(ILake lake, int last = int.MaxValue, bool isDone = false) : ILake, IAsyncDisposable
{
    private readonly ConcurrentBag<IAsyncDisposable> leases = [];
    private int operations;

    /// <summary>The operations so far.</summary>
    public string LocalFolder => lake.LocalFolder;

    public int Operations => operations;

    public async IAsyncEnumerable<LakeFile> ListAsync(LakePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await DoAsync(() => lake.ListAsync(folder, cancellationToken).ToListAsync(cancellationToken).AsTask()))
        {
            yield return file;
        }
    }

    public Task<bool> ExistsAsync(LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.ExistsAsync(path, cancellationToken));

    public Task<Stream> OpenReadAsync(LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.OpenReadAsync(path, cancellationToken));

    public Task<bool> WriteOnceAsync(LakePath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        DoAsync(() => lake.WriteOnceAsync(path, write, cancellationToken));

    public Task<bool> ImportOnceAsync(string localFile, LakePath path, CancellationToken cancellationToken) =>
        DoAsync(() => lake.ImportOnceAsync(localFile, path, cancellationToken));

    public Task ImportAsync(string localFile, LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.ImportAsync(localFile, path, cancellationToken));

    public Task<bool> ChangeAsync(LakePath path, Func<string, bool> change, CancellationToken cancellationToken) =>
        DoAsync(() => lake.ChangeAsync(path, change, cancellationToken));

    public Task CopyAsync(LakePath source, LakePath target, CancellationToken cancellationToken) => DoAsync(() => lake.CopyAsync(source, target, cancellationToken));

    public Task MoveAsync(LakePath source, LakePath target, CancellationToken cancellationToken) => DoAsync(() => lake.MoveAsync(source, target, cancellationToken));

    public Task DeleteAsync(LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.DeleteAsync(path, cancellationToken));

    public Task<LakeDocument?> ReadAsync(LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.ReadAsync(path, cancellationToken));

    public Task<string> ReplaceAsync(LakePath path, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken) =>
        DoAsync(() => lake.ReplaceAsync(path, content, tag, cancellationToken));

    public Task<ILakeLease> LeaseAsync(LakePath path, string holder, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var lease = await lake.LeaseAsync(path, holder, cancellationToken);
        leases.Add(lease);
        return lease;
    });

    public Task<string> LocalAsync(LakePath path, CancellationToken cancellationToken) => DoAsync(() => lake.LocalAsync(path, cancellationToken));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }
    }

    private Task<bool> DoAsync(Func<Task> operation) => DoAsync(async () =>
    {
        await operation();
        return true;
    });

    private async Task<T> DoAsync<T>(Func<Task<T>> operation)
    {
        var number = Interlocked.Increment(ref operations);
        if (number > last || (number == last && !isDone))
        {
            throw new DiedException();
        }

        var result = await operation();
        return number < last ? result : throw new DiedException();
    }

    /// <summary>The user is dead.</summary>
    internal sealed class DiedException : IOException;
}
