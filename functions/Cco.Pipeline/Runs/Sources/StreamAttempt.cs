using System.Diagnostics;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>One attempt to read a stream: within its time, with what it asked of the vendor. What may go wrong is in its receipt, not thrown.</summary>
internal sealed class StreamAttempt(ISource source, StreamName stream, StreamSweep sweep, ExtractOptions options, TimeProvider time)
{
    /// <summary>Makes it.</summary>
    /// <param name="read">Reads; another who does so already shows as a lease that is held.</param>
    /// <param name="cancellationToken">Ends it; what landed stays.</param>
    public async Task<StreamReceipt> MakeAsync(Func<CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        var traffic = source.Traffic;
        var (began, bytes, requests, retries, waited) = (Stopwatch.GetTimestamp(), traffic.Bytes, traffic.Requests, traffic.Retries, traffic.Waited);
        using var activity = SourceTraffic.Activities.StartActivity(stream.ToString());
        var (outcome, error) = await ReadAsync(read, cancellationToken);
        activity?.SetStatus(outcome == StreamOutcome.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, error);
        return new StreamReceipt(
            stream.Source,
            stream.Stream,
            outcome,
            sweep.Count.Files,
            sweep.Count.Rows,
            sweep.Count.Deleted,
            sweep.Count.Rejected,
            traffic.Bytes - bytes,
            traffic.Requests - requests,
            traffic.Retries - retries,
            (traffic.Waited - waited).TotalSeconds,
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            sweep.State.Watermark,
            error);
    }

    private async Task<(StreamOutcome Outcome, string? Error)> ReadAsync(Func<CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StreamTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await read(ended.Token);
            return (StreamOutcome.Read, null);
        }
        catch (LakeLeasedException exception)
        {
            return (StreamOutcome.Busy, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (StreamOutcome.Failed, $"{stream}: it took longer than {options.StreamTimeout} (setting Extract:StreamTimeout). What landed stays; the next run goes on from there.");
        }
        catch (Exception exception) when (exception is ExtractException or WindowTooLargeException or PlaceLostException or LakeConflictException or IOException or UnauthorizedAccessException)
        {
            return (StreamOutcome.Failed, exception.Message);
        }
    }
}
