using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Cco.Pipeline.Land;

/// <summary>
/// The lake as a container of Azure Blob Storage, with a hierarchical namespace or without. What is written is sent in blocks that nobody sees before
/// they are committed together, under a condition where it must not replace something. What is read is a copy in a <see cref="FileCache"/>.
/// </summary>
public sealed class BlobLake : ILake, IDisposable
{
    /// <summary>Each upload names itself: where the answer to it was lost and it was sent again, it knows the blob that it finds as its own.</summary>
    private const string Upload = "cco_upload";

    /// <summary>The quick hash of its bytes, by which they are known where they arrive.</summary>
    private const string Quick = "cco_xxh128";

    /// <summary>How an account with a hierarchical namespace marks a folder in a listing of blobs.</summary>
    private const string IsFolder = "hdi_isfolder";

    private const int Block = 8 << 20;
    private const int Blocks = 4;

    /// <summary>What goes, or comes, in one request.</summary>
    private const int One = Block * Blocks;

    private const int Attempts = 10;

    private static readonly TimeSpan CopyInterval = TimeSpan.FromMilliseconds(500);

    private static readonly BlobRequestConditions MustBeNew = new() { IfNoneMatch = ETag.All };

    private readonly BlobContainerClient container;
    private readonly TimeProvider time;
    private readonly FileCache cache;
    private readonly SemaphoreSlim places;

    /// <param name="container">The client of the container.</param>
    /// <param name="options">The cache and how many files are downloaded at the same time.</param>
    /// <param name="time">The clock.</param>
    public BlobLake(BlobContainerClient container, LakeOptions options, TimeProvider time)
    {
        (this.container, this.time) = (container, time);
        cache = new FileCache(Path.GetFullPath(options.Cache ?? Path.Combine(Path.GetTempPath(), "cco-lake-cache")), options.CacheBytes, time);
        places = new SemaphoreSlim(options.Parallelism);
    }

    /// <inheritdoc />
    public string LocalFolder => cache.Folder;

    /// <inheritdoc />
    public async IAsyncEnumerable<LakeFile> ListAsync(LakePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The service's order is not that of the lake where it has folders of its own.
        var files = await DoAsync(folder, () => FoundAsync(folder, cancellationToken), cancellationToken);
        foreach (var file in files.OrderBy(file => file.Path.Value, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(LakePath path, CancellationToken cancellationToken) =>
        DoAsync(path, async () => (await Blob(path).ExistsAsync(cancellationToken)).Value, cancellationToken);

    /// <inheritdoc />
    public async Task<Stream> OpenReadAsync(LakePath path, CancellationToken cancellationToken) =>
        new FileStream(await LocalAsync(path, cancellationToken), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: false);

    /// <inheritdoc />
    public async Task<bool> WriteOnceAsync(LakePath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        !await ExistsAsync(path, cancellationToken)
        && await ImportOnceAsync(await cache.Unfinished.WriteAsync(write, cancellationToken), path, cancellationToken);

    /// <inheritdoc />
    public Task<bool> ImportOnceAsync(string localFile, LakePath path, CancellationToken cancellationToken) =>
        ImportAsync(localFile, path, MustBeNew, cancellationToken);

    /// <inheritdoc />
    public Task ImportAsync(string localFile, LakePath path, CancellationToken cancellationToken) => ImportAsync(localFile, path, null, cancellationToken);

    /// <inheritdoc />
    public Task<bool> ChangeAsync(LakePath path, Func<string, bool> change, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc />
    public Task CopyAsync(LakePath source, LakePath target, CancellationToken cancellationToken) =>
        DoAsync(source, () => CopyAsync(source, target, null, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task MoveAsync(LakePath source, LakePath target, CancellationToken cancellationToken) => DoAsync(
        source,
        async () =>
        {
            var tag = (await Blob(source).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag;
            var version = new BlobRequestConditions { IfMatch = tag };
            await CopyAsync(source, target, version, cancellationToken);
            try
            {
                await Blob(source).DeleteIfExistsAsync(conditions: version, cancellationToken: cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status == 412)
            {
                // What was moved is replaced there already by something newer, which stays.
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(LakePath path, CancellationToken cancellationToken) =>
        DoAsync(path, async () => (await Blob(path).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value, cancellationToken);

    /// <inheritdoc />
    public async Task<LakeDocument?> ReadAsync(LakePath path, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(
                path,
                async () =>
                {
                    var read = await AgainAsync(async () => (await Blob(path).DownloadContentAsync(cancellationToken)).Value);
                    return new LakeDocument(read.Content.ToMemory(), read.Details.ETag.ToString());
                },
                cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<string> ReplaceAsync(LakePath path, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken)
    {
        await using var stream = new MemoryStream(content.ToArray());
        var condition = tag is null ? MustBeNew : new BlobRequestConditions { IfMatch = new ETag(tag) };
        var written = await DoAsync(path, () => UploadAsync(path, stream, condition, cancellationToken), cancellationToken);
        return written?.Tag.ToString() ?? throw new LakeConflictException(path);
    }

    /// <inheritdoc />
    public async Task<ILakeLease> LeaseAsync(LakePath path, string holder, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var nothing = new MemoryStream();
            var lease = await DoAsync(
                path,
                async () =>
                {
                    await UploadAsync(path, nothing, MustBeNew, cancellationToken);
                    return await BlobLease.TryAcquireAsync(Blob(path), path, holder, time, cancellationToken);
                },
                cancellationToken);
            if (lease is not null)
            {
                return lease;
            }
        }
    }

    /// <inheritdoc />
    public async Task<string> LocalAsync(LakePath path, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await DoAsync(path, () => DownloadedAsync(path, cancellationToken), cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => places.Dispose();

    private BlobClient Blob(LakePath path) => container.GetBlobClient(path.Value);

    private async Task<T> DoAsync<T>(LakePath? path, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && BlobFailure.Of(exception, container.Uri, path) is not null)
        {
            throw BlobFailure.Of(exception, container.Uri, path)!;
        }
    }

    private async Task<List<LakeFile>> FoundAsync(LakePath? folder, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = folder is null ? null : folder.Value + "/", Traits = BlobTraits.Metadata };
        try
        {
            return await container.GetBlobsAsync(options, cancellationToken)
                .Where(blob => !blob.Metadata.ContainsKey(IsFolder) && LakeFile.IsContent(blob.Name))
                .Select(blob => new LakeFile(new LakePath(blob.Name), blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default)
                {
                    Md5 = ContentHash.Text(blob.Properties.ContentHash),
                })
                .ToListAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return [];
        }
    }

    private async Task<bool> ImportAsync(string localFile, LakePath path, BlobRequestConditions? condition, CancellationToken cancellationToken)
    {
        try
        {
            Written? written;
            long length;
            await using (var file = File.OpenRead(localFile))
            {
                length = file.Length;
                written = await DoAsync(path, () => UploadAsync(path, file, condition, cancellationToken), cancellationToken);
            }

            if (written is not null)
            {
                cache.Take(localFile, Copy(path, length, written.Hash, written.Tag));
            }

            return written is not null;
        }
        finally
        {
            File.Delete(localFile);
        }
    }

    /// <summary>
    /// Sends a blob; null where the condition did not hold, so that nothing was written. The service refuses other bytes than were sent: by the hash of the blob where
    /// it goes in one request, and else by the hash of each block, since it takes that of the blob as it is told then.
    /// </summary>
    private async Task<Written?> UploadAsync(LakePath path, Stream content, BlobRequestConditions? condition, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var (hash, quick) = await ContentHash.BothAsync(content, cancellationToken);
        var id = Path.GetRandomFileName();
        var options = new BlobUploadOptions
        {
            Conditions = condition,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Upload] = id, [Quick] = quick },
            HttpHeaders = new BlobHttpHeaders { ContentHash = hash },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = One, MaximumTransferSize = Block, MaximumConcurrency = Blocks },
            TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = content.Length > One ? StorageChecksumAlgorithm.MD5 : StorageChecksumAlgorithm.None },
        };
        for (var attempt = 1; ; attempt++)
        {
            content.Position = 0;
            try
            {
                return new Written(hash, (await Blob(path).UploadAsync(content, options, cancellationToken)).Value.ETag);
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound && attempt < Attempts)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && condition is not null)
            {
                var there = await PropertiesAsync(path, cancellationToken);
                if (there?.Metadata.TryGetValue(Upload, out var last) == true && last == id)
                {
                    return new Written(hash, there.ETag);
                }

                // What refused the blob may be gone by now, as a lease is that was just given free.
                if (attempt == Attempts || (condition.IfNoneMatch is null ? there?.ETag != condition.IfMatch : there is not null))
                {
                    return null;
                }
            }
        }
    }

    private async Task<BlobProperties?> PropertiesAsync(LakePath path, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Has the service copy a blob, and waits until it has.</summary>
    private async Task<bool> CopyAsync(LakePath source, LakePath target, BlobRequestConditions? version, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var copy = await Blob(target).StartCopyFromUriAsync(Blob(source).Uri, new BlobCopyFromUriOptions { SourceConditions = version }, cancellationToken);
                await copy.WaitForCompletionAsync(CopyInterval, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.PendingCopyOperation && attempt < Attempts)
            {
                // The one that was asked for before, whose answer was lost, or that of who died.
                while ((await PropertiesAsync(target, cancellationToken))?.BlobCopyStatus == CopyStatus.Pending)
                {
                    await Task.Delay(CopyInterval, time, cancellationToken);
                }
            }
        }
    }

    /// <summary>Where the copy of a file is, or would be: named by its bytes, where the service keeps their hash, and else by its version.</summary>
    private string Copy(LakePath path, long length, byte[]? hash, ETag tag) =>
        cache.PathOf(ContentHash.Text(hash) is { } content ? $"{content} {length}" : $"{Blob(path).Uri} {tag}", path.Name);

    private async Task<string> DownloadedAsync(LakePath path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var there = (await Blob(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var copy = Copy(path, there.ContentLength, there.ContentHash, there.ETag);
            if (cache.Has(copy))
            {
                return copy;
            }

            try
            {
                cache.Take(await AgainAsync(() => cache.Unfinished.WriteAsync((stream, token) => DownloadAsync(path, there, stream, token), cancellationToken)), copy);
                return copy;
            }
            catch (RequestFailedException exception) when (exception.Status == 412 && attempt < Attempts)
            {
                // It was replaced in between: the newer one is read.
            }
        }
    }

    /// <summary>Reads again where the connection broke in the middle of a body: the SDK's own retries have been seen to let that through.</summary>
    private static async Task<T> AgainAsync<T>(Func<Task<T>> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The next attempt says what is wrong, if it stays so.
            }
        }
    }

    private async Task DownloadAsync(LakePath path, BlobProperties version, Stream stream, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadToOptions
        {
            Conditions = new BlobRequestConditions { IfMatch = version.ETag },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = One, MaximumTransferSize = Block, MaximumConcurrency = Blocks },
        };
        await Blob(path).DownloadToAsync(stream, options, cancellationToken);
        if (stream.Length != version.ContentLength || !await HasHashAsync(stream, version, cancellationToken))
        {
            throw new IOException($"'{path}' did not arrive from '{container.Uri.GetLeftPart(UriPartial.Path)}' as it is there: the bytes that came do not have its hash. Run again; if it stays so, the file is damaged there.");
        }
    }

    /// <summary>Whether what arrived has the hash that the blob was sent with; a blob that somebody else sent has no quick one.</summary>
    private static async Task<bool> HasHashAsync(Stream arrived, BlobProperties version, CancellationToken cancellationToken)
    {
        arrived.Position = 0;
        return version.Metadata.TryGetValue(Quick, out var quick) ? await ContentHash.QuickAsync(arrived, cancellationToken) == quick
            : version.ContentHash is not { Length: > 0 } hash || (await ContentHash.OfAsync(arrived, cancellationToken)).SequenceEqual(hash);
    }

    /// <summary>A blob that was sent.</summary>
    private sealed record Written(byte[] Hash, ETag Tag);
}
