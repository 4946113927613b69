using System.CommandLine;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco status</c>: how the pipeline is.</summary>
internal static class StatusCommand
{
    private const int Runs = 10;

    public static Command Build(CliRoot root) =>
        root.Command("status", "Show the latest runs, how fresh each stream is, what waits and what is in quarantine.", [], async (session, _, cancellationToken) =>
        {
            var status = await ReadAsync(session.Lake, cancellationToken);
            session.Output.Write(status, console =>
            {
                console.WriteLine(status.Published is { } manifest
                    ? $"Published:  run {manifest.RunId}, as of {manifest.AsOf:yyyy-MM-dd}, at {manifest.PublishedAt:yyyy-MM-dd HH:mm}Z, {Output.Count(manifest.Tables.Count, "table")}"
                    : "Published:  nothing yet; `cco run` publishes.");
                console.WriteLine($"Waiting:    {Output.Count(status.Waiting.Count, "file")} in landing/");
                console.WriteLine($"Failed:     {Output.Count(status.FailedFiles.Count, "file")} in landing-failed/");
                console.WriteLine($"Quarantine: {Output.Count(status.Quarantined, "row")}; `cco quarantine list` shows what could not be used, and why.");
                if (status.Runs.Count > 0)
                {
                    console.Write(RunTable(status.Runs));
                }

                if (status.Streams.Count > 0)
                {
                    console.Write(StreamTable(status.Streams));
                }
            });
            return ExitCode.Done;
        });

    private static Table RunTable(IReadOnlyList<RunReport> runs)
    {
        var table = Output.Table("Run", "Status", "As of", "Seconds#", "Files#", "Rows#", "Quarantine#", "Error…");
        foreach (var run in runs)
        {
            Output.Row(table, run.Id, run.Status.ToString().ToLowerInvariant(), $"{run.AsOf:yyyy-MM-dd}", $"{(run.EndedAt - run.StartedAt).TotalSeconds:0.0}", $"{run.Files.Count:N0}", $"{run.Files.Sum(file => file.Rows):N0}", $"{run.Quarantined:N0}", run.Error?.Split('\n')[0]);
        }

        return table;
    }

    private static Table StreamTable(IReadOnlyList<StreamStatus> streams)
    {
        var table = Output.Table("Stream", "Files#", "Last landed", "Read until", "Error…");
        foreach (var stream in streams)
        {
            Output.Row(
                table, stream.Stream, $"{stream.Files:N0}", stream.LastLanded is { } landed ? $"{landed:yyyy-MM-dd HH:mm}Z" : "never",
                stream.ReadUntil is { } until ? $"{until:yyyy-MM-dd HH:mm}Z" : null, stream.Error);
        }

        return table;
    }

    private static async Task<PipelineStatus> ReadAsync(ILake lake, CancellationToken cancellationToken)
    {
        var runs = await RunReport.LatestFirstAsync(lake, cancellationToken).Take(Runs).ToListAsync(cancellationToken);
        var raw = await lake.ListAsync(RawPath.Root, cancellationToken).Where(file => RawPath.StreamOf(file.Path) is not null).ToLookupAsync(file => RawPath.StreamOf(file.Path)!.ToString(), cancellationToken: cancellationToken);
        var read = runs.SelectMany(run => run.Streams).DistinctBy(stream => (stream.Source, stream.Stream)).ToDictionary(stream => $"{stream.Source}.{stream.Stream}", StringComparer.Ordinal);
        return new PipelineStatus(
            await Manifest.ReadAsync(lake, cancellationToken),
            runs.FirstOrDefault()?.Quarantined ?? 0,
            runs,
            [.. raw.Select(stream => stream.Key).Union(read.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(stream => new StreamStatus(
                stream,
                raw[stream].Count(),
                raw[stream].Max(file => (DateTimeOffset?)file.ModifiedAt),
                read.GetValueOrDefault(stream)?.Watermark,
                read.GetValueOrDefault(stream)?.Error))],
            await lake.ListAsync(LandingSweep.Landing, cancellationToken).Select(file => file.Path.Value).ToListAsync(cancellationToken),
            await lake.ListAsync(LandingSweep.Failed, cancellationToken).Select(file => file.Path.Value)
                .Where(path => !path.EndsWith(".reason.txt", StringComparison.Ordinal)).ToListAsync(cancellationToken));
    }

    private sealed record PipelineStatus(
        Manifest? Published, long Quarantined, IReadOnlyList<RunReport> Runs, IReadOnlyList<StreamStatus> Streams, IReadOnlyList<string> Waiting, IReadOnlyList<string> FailedFiles);

    /// <summary>How fresh a stream is; the last two of those that are read over an API, as the latest of these runs found them.</summary>
    private sealed record StreamStatus(string Stream, int Files, DateTimeOffset? LastLanded, DateTimeOffset? ReadUntil, string? Error);
}
