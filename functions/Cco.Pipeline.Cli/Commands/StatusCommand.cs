using System.CommandLine;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco status</c>: how the pipeline is.</summary>
internal static class StatusCommand
{
    private const int Runs = 10;
    private const int SchemaDays = 30;
    private const int SchemaLines = 10;
    private const string SchemaMart = "fct_schema_change";

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
                console.WriteLine($"Fields:     {Output.Count(status.SchemaChanges.Count, "change")} in the last {SchemaDays} days{(status.SchemaChanges.Count == 0 ? "" : "; `cco query \"select * from fct_schema_change\"` has all")}");
                if (status.SchemaChanges.Count > 0)
                {
                    console.Write(SchemaTable(status.SchemaChanges));
                }

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
            Output.Row(table, run.Id, Status(run), $"{run.AsOf:yyyy-MM-dd}", $"{(run.EndedAt - run.StartedAt).TotalSeconds:0.0}", $"{run.Files.Count:N0}", $"{run.Files.Sum(file => file.Rows):N0}", $"{run.Quarantined:N0}", run.Error?.Split('\n')[0]);
        }

        return table;
    }

    private static Table SchemaTable(IReadOnlyList<SchemaChange> changes)
    {
        var table = Output.Table("Stream", "Field", "Change", "Type", "Was", "Noticed");
        foreach (var change in changes.Take(SchemaLines))
        {
            Output.Row(table, change.Stream, change.Field, change.Change, change.Type, change.Was, $"{change.NoticedAt:yyyy-MM-dd HH:mm}Z");
        }

        return table;
    }

    /// <summary>What the published marts tell of fields, the latest first.</summary>
    private static async Task<IReadOnlyList<SchemaChange>> SchemaChangesAsync(ILake lake, Manifest? published, CancellationToken cancellationToken)
    {
        if (published?.Tables.Any(table => table.Name == SchemaMart) is not true)
        {
            return [];
        }

        using var marts = await MartReader.OpenAsync(lake, cancellationToken);
        return [.. marts.Query(
            $"""
            select stream, field, change, field_type, earlier_types, noticed_at from {SchemaMart}
            where noticed_at >= timestamp '{published.PublishedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}' - interval {SchemaDays} day
            order by noticed_at desc, stream, field, change, field_type
            """,
            cancellationToken).Rows.Select(row => new SchemaChange((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!, (string?)row[4], (DateTime)row[5]!))];
    }

    private static string Status(RunReport run) =>
        run.Status.ToString().ToLowerInvariant() + (run.FailedFiles == 0 ? "" : $", without {Output.Count(run.FailedFiles, "file")}");

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
        var published = await Manifest.ReadAsync(lake, cancellationToken);
        return new PipelineStatus(
            published,
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
                .Where(path => !path.EndsWith(".reason.txt", StringComparison.Ordinal)).ToListAsync(cancellationToken),
            await SchemaChangesAsync(lake, published, cancellationToken));
    }

    private sealed record PipelineStatus(
        Manifest? Published, long Quarantined, IReadOnlyList<RunReport> Runs, IReadOnlyList<StreamStatus> Streams, IReadOnlyList<string> Waiting, IReadOnlyList<string> FailedFiles,
        IReadOnlyList<SchemaChange> SchemaChanges);

    /// <summary>A field that a source gives otherwise than before, as the table of that name tells.</summary>
    private sealed record SchemaChange(string Stream, string Field, string Change, string Type, string? Was, DateTime NoticedAt);

    /// <summary>How fresh a stream is; the last two of those that are read over an API, as the latest of these runs found them.</summary>
    private sealed record StreamStatus(string Stream, int Files, DateTimeOffset? LastLanded, DateTimeOffset? ReadUntil, string? Error);
}
