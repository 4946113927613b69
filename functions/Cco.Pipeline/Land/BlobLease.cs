using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Cco.Pipeline.Land;

/// <summary>A lease of a storage account, on a blob that says who holds it. It lasts 60 seconds and is renewed meanwhile; the blob goes with it.</summary>
internal sealed class BlobLease : ILakeLease
{
    /// <summary>The longest that a lease of a blob can have that ends with its holder.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Giving it free is a courtesy: where it takes longer, it ends by itself.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource ended = new();
    private readonly BlobClient blob;
    private readonly BlobLeaseClient lease;
    private readonly (LakePath Path, string Holder) name;
    private readonly TimeProvider time;
    private readonly Task renewal;

    private BlobLease(BlobClient blob, BlobLeaseClient lease, LakePath path, string holder, TimeProvider time)
    {
        (this.blob, this.lease, this.time, name) = (blob, lease, time, (path, holder));
        renewal = RenewAsync();
    }

    /// <summary>Takes the lease of a blob that is there.</summary>
    /// <returns>Null where the blob is there no more: its holder has just given it free.</returns>
    /// <exception cref="LakeLeasedException">Someone else holds it.</exception>
    public static async Task<BlobLease?> TryAcquireAsync(BlobClient blob, LakePath path, string holder, TimeProvider time, CancellationToken cancellationToken)
    {
        var mine = blob.GetBlobLeaseClient();
        try
        {
            await mine.AcquireAsync(Duration, cancellationToken: cancellationToken);
            var label = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = mine.LeaseId } };
            await blob.UploadAsync(new BinaryData(holder), label, cancellationToken);
            return new BlobLease(blob, mine, path, holder, time);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            throw new LakeLeasedException(path, await HolderAsync(blob, cancellationToken));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lease.RenewAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (IsLost(exception))
        {
            throw new LakeLeaseLostException(name.Path, name.Holder);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && BlobFailure.Of(exception, blob.Uri, name.Path) is not null)
        {
            throw BlobFailure.Of(exception, blob.Uri, name.Path)!;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested)
        {
            return;
        }

        await ended.CancelAsync();
        await renewal;
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await blob.DeleteIfExistsAsync(conditions: new BlobRequestConditions { LeaseId = lease.LeaseId }, cancellationToken: patience.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // Lost, or out of reach: it is or will be free without this.
        }

        ended.Dispose();
    }

    /// <summary>Someone else has taken it, or ended it.</summary>
    private static bool IsLost(RequestFailedException exception) => exception.Status is 404 or 409 or 412;

    private static async Task<string> HolderAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var holder = (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString();
            return holder.Length > 0 ? holder : "another process";
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return "another process, which has just ended";
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                await TryRenewAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Given free.
        }
    }

    /// <summary>What fails here is said by <see cref="HoldAsync"/>, or has passed by then.</summary>
    private async Task TryRenewAsync()
    {
        try
        {
            await lease.RenewAsync(cancellationToken: ended.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or TaskCanceledException && !ended.IsCancellationRequested)
        {
            // The next tick tries again.
        }
    }
}
