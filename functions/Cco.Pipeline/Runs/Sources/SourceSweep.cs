using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>Reads the sources that are configured, several at a time, the streams of each one after the other. A stream that fails does not stop the others.</summary>
public sealed partial class SourceSweep(
    ILake lake, Lander lander, SourceRegistry registry, RunContext context, ILogger<SourceSweep> logger)
{
    /// <summary>Reads all that is configured, or what is asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">Which sources.</param>
    /// <param name="progress">Hears how it goes on.</param>
    /// <param name="cancellationToken">Ends it; what landed stays.</param>
    public async Task<IReadOnlyList<StreamReceipt>> SweepAsync(RunId run, RunRequest request, IRunProgress progress, CancellationToken cancellationToken)
    {
        var receipts = new List<StreamReceipt>();
        await Parallel.ForEachAsync(
            request.Sources ?? registry.EnabledOf(request.Kinds),
            new ParallelOptions { MaxDegreeOfParallelism = registry.Options.Parallelism, CancellationToken = cancellationToken },
            async (name, token) =>
            {
                await foreach (var receipt in ReadAsync(run, name, progress, token))
                {
                    lock (receipts)
                    {
                        receipts.Add(receipt);
                    }

                    progress.StreamDone(receipt);
                    StreamDone(logger, receipt.Source, receipt.Stream, receipt.Outcome, receipt.Rows, receipt.Requests, receipt.DurationSeconds, receipt.Error);
                }
            });
        return [.. receipts.OrderBy(receipt => receipt.Source, StringComparer.Ordinal).ThenBy(receipt => receipt.Stream, StringComparer.Ordinal)];
    }

    /// <summary>Where the rotated token of a source stays, encrypted.</summary>
    public TokenStore Tokens(string source)
    {
        var path = new LakePath($"state/{source}/.token");
        return new TokenStore(
            async token => (await lake.ReadAsync(path, token))?.Content.ToArray(),
            (content, token) => lake.PutAsync(path, content, token));
    }

    [LoggerMessage(LogLevel.Information, "Stream {Source}.{Stream} {Outcome}: {Rows} rows by {Requests} requests in {Seconds} s. {Error}")]
    private static partial void StreamDone(ILogger logger, string source, string stream, StreamOutcome outcome, long rows, long requests, double seconds, string? error);

    private async IAsyncEnumerable<StreamReceipt> ReadAsync(
        RunId run, string name, IRunProgress progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = registry.SettingsOf(name);
        var (source, failure) = Open(name);
        using var open = source as IDisposable;
        var streams = registry.Find(name)?.Streams ?? [];
        var unknown = settings.Streams.Except(streams.Select(stream => stream.Name.Stream), StringComparer.Ordinal).ToList();
        foreach (var stream in unknown)
        {
            yield return StreamReceipt.Failed(new StreamName(name, stream), $"There is no such stream; {name} has {string.Join(", ", streams.Select(known => known.Name.Stream))}.");
        }

        foreach (var stream in streams.Where(stream => settings.Streams.Count == 0 || settings.Streams.Contains(stream.Name.Stream)))
        {
            progress.StreamBegan(stream.Name);
            yield return source is null ? StreamReceipt.Failed(stream.Name, failure!) : await ReadAsync(run, source, stream, settings.StartsAt, progress, cancellationToken);
        }
    }

    private (ISource? Source, string? Failure) Open(string name)
    {
        try
        {
            return (registry.Open(name, Tokens(name)), null);
        }
        catch (ExtractException exception)
        {
            return (null, exception.Message);
        }
    }

    private Task<StreamReceipt> ReadAsync(RunId run, ISource source, StreamInfo stream, DateTimeOffset start, IRunProgress progress, CancellationToken cancellationToken)
    {
        var sweep = new StreamSweep(source, stream, start, SweepPlace.OfSchedule(stream.Name), new SweepContext(lake, lander, run, context, registry.Options, progress));
        return new StreamAttempt(source, stream.Name, sweep, registry.Options, context.Time).MakeAsync(
            async token =>
            {
                await using var turn = await lake.LeaseAsync(new LakePath($"leases/extract/{stream.Name.Source}/{stream.Name.Stream}"), $"run {run}", token);
                await sweep.ReadAsync(token);
            },
            cancellationToken);
    }
}
