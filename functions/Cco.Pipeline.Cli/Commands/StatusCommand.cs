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
                    ? $"Published: run {manifest.RunId}, as of {manifest.AsOf:yyyy-MM-dd}, at {manifest.PublishedAt:yyyy-MM-dd HH:mm}Z, {manifest.Tables.Count} tables"
                    : "Published: nothing yet; `cco run` publishes.");
                console.WriteLine($"Waiting in landing/: {status.Waiting.Count} files. Failed: {status.FailedFiles.Count} files in landing-failed/.");
                var runs = Output.Table("Run", "Status", "As of", "Seconds#", "Files#", "Rows#", "Quarantined#", "Error");
                foreach (var run in status.Runs)
                {
                    Output.Row(runs, run.Id, run.Status.ToString().ToLowerInvariant(), $"{run.AsOf:yyyy-MM-dd}", $"{(run.EndedAt - run.StartedAt).TotalSeconds:0.0}", $"{run.Files.Count}", $"{run.Files.Sum(file => file.Rows):N0}", $"{run.Files.Sum(file => file.Rejected):N0}", run.Error?.Split('\n')[0]);
                }

                console.Write(runs);
                var streams = Output.Table("Stream", "Files#", "Last landed", "Unreadable rows in files#");
                foreach (var stream in status.Streams)
                {
                    Output.Row(streams, stream.Stream, $"{stream.Files:N0}", $"{stream.LastLanded:yyyy-MM-dd HH:mm}Z", $"{stream.QuarantineFiles:N0}");
                }

                console.Write(streams);
                console.WriteLine("`cco quarantine list` shows what could not be used, and why.");
            });
            return ExitCode.Done;
        });

    private static async Task<PipelineStatus> ReadAsync(ILake lake, CancellationToken cancellationToken)
    {
        var raw = await lake.ListAsync(RawPath.Root, cancellationToken).ToListAsync(cancellationToken);
        var quarantine = await lake.ListAsync(RawPath.Quarantine, cancellationToken).ToListAsync(cancellationToken);
        var rejected = quarantine.ToLookup(file => RawPath.StreamOf(file.Path)?.ToString());
        return new PipelineStatus(
            await Manifest.ReadAsync(lake, cancellationToken),
            await RunReport.LatestFirstAsync(lake, cancellationToken).Take(Runs).ToListAsync(cancellationToken),
            [.. raw.GroupBy(file => RawPath.StreamOf(file.Path)?.ToString() ?? "").OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new StreamStatus(group.Key, group.Count(), group.Max(file => file.ModifiedAt), rejected[group.Key].Count()))],
            await lake.ListAsync(LandingSweep.Landing, cancellationToken).Select(file => file.Path.Value).ToListAsync(cancellationToken),
            await lake.ListAsync(LandingSweep.Failed, cancellationToken).Select(file => file.Path.Value)
                .Where(path => !path.EndsWith(".reason.txt", StringComparison.Ordinal)).ToListAsync(cancellationToken));
    }

    private sealed record PipelineStatus(
        Manifest? Published, IReadOnlyList<RunReport> Runs, IReadOnlyList<StreamStatus> Streams, IReadOnlyList<string> Waiting, IReadOnlyList<string> FailedFiles);

    private sealed record StreamStatus(string Stream, int Files, DateTimeOffset LastLanded, int QuarantineFiles);
}
