using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>What could not be used: rows that were refused while files were read or typed, and files that failed as a whole.</summary>
public sealed class Quarantine(ILake lake)
{
    private const string ReasonEnding = ".reason.txt";

    /// <summary>The rows in quarantine by stream, file and line, as the last run that built them found them.</summary>
    /// <param name="stream">Only those of this stream; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<QuarantinedRow>> RowsAsync(string? stream, CancellationToken cancellationToken)
    {
        var latest = await RunReport.LatestFirstAsync(lake, cancellationToken).SelectMany(report => report.Models)
            .FirstOrDefaultAsync(model => model is { Name: BuildPlan.Rejected, Outcome: BuildOutcome.Built or BuildOutcome.Unchanged }, cancellationToken);
        if (latest is null)
        {
            return [];
        }

        var path = BuildPlan.RejectedPath(latest.Fingerprint);
        if (!await lake.ExistsAsync(path, cancellationToken))
        {
            throw new FileNotFoundException($"'{path}', which holds the rows in quarantine, was deleted: `cco run` makes it again.", path.Value);
        }

        using var engine = Engine.Open(new TransformOptions());
        using var session = engine.Session();
        var condition = stream is null ? "true" : $"stream = {Sql.Text(stream)}";
        return session.Query(
            $"""
            select stream, coalesce("file", ''), coalesce(position, 0), coalesce(record_id, ''), coalesce(column_name, ''), coalesce(value, ''), coalesce(reason, '')
            from {Sql.Parquet([await lake.LocalAsync(path, cancellationToken)])}
            where {condition}
            order by all
            """,
            reader => new QuarantinedRow(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)),
            cancellationToken);
    }

    /// <summary>The files that failed as a whole, by path.</summary>
    public async Task<IReadOnlyList<FailedFile>> FailedFilesAsync(CancellationToken cancellationToken)
    {
        var failed = new List<FailedFile>();
        await foreach (var file in lake.ListAsync(LandingSweep.Failed, cancellationToken))
        {
            if (!file.Path.Name.EndsWith(ReasonEnding, StringComparison.Ordinal))
            {
                var reason = await lake.ReadAsync(file.Path.WithSuffix(ReasonEnding), cancellationToken);
                failed.Add(new FailedFile(file.Path.Value, reason is null ? "" : System.Text.Encoding.UTF8.GetString(reason.Content.Span).Trim()));
            }
        }

        return failed;
    }

    /// <summary>
    /// Puts failed files, and files some of whose rows could not be read, back where the next run takes them in. Bytes that are read as
    /// before land no second time: correct the file or its description in <c>landing/</c> first.
    /// </summary>
    /// <returns>The files that wait now.</returns>
    public async Task<IReadOnlyList<string>> RetryAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<string>();
        foreach (var failed in await FailedFilesAsync(cancellationToken))
        {
            waiting.Add(await PutBackAsync(new LakePath(failed.Path), cancellationToken));
            await lake.DeleteAsync(new LakePath(failed.Path + ReasonEnding), cancellationToken);
        }

        var unreadable = await CountedFile.ListAsync(lake, RawPath.Quarantine, cancellationToken)
            .Select(file => RawPath.QuarantinedPartOf(file.Path)).ToHashSetAsync(cancellationToken: cancellationToken);
        await foreach (var (report, file) in RunReport.LatestFirstAsync(lake, cancellationToken).SelectMany(report => report.Files.Select(file => (report, file))))
        {
            if (file.RawFile is { } raw && unreadable.Contains(RawPath.PartOf(new LakePath(raw)))
                && LandingSweep.Done.Child($"{file.Table}/{report.Id}/{file.File}") is var done && await lake.ExistsAsync(done, cancellationToken))
            {
                waiting.Add(await PutBackAsync(done, cancellationToken));
            }
        }

        return waiting;
    }

    /// <summary>From <c>landing-failed/table/run/name</c> to <c>landing/table/name</c>, or beside what waits there under that name.</summary>
    private async Task<string> PutBackAsync(LakePath path, CancellationToken cancellationToken)
    {
        var (table, run, name) = (path.Segments[1], path.Segments[2], string.Join('/', path.Segments.Skip(3)));
        var target = LandingSweep.Landing.Child($"{table}/{name}");
        if (await lake.ExistsAsync(target, cancellationToken))
        {
            target = LandingSweep.Landing.Child($"{table}/{run}/{name}");
        }

        await lake.MoveAsync(path, target, cancellationToken);
        return target.Value;
    }
}

/// <summary>A row in quarantine.</summary>
/// <param name="Stream">The stream it was to land in.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Position">Its line there.</param>
/// <param name="RecordId">The source's id of it, where it could be read.</param>
/// <param name="Column">The column that is wrong; empty where the whole row is.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record QuarantinedRow(string Stream, string File, long Position, string RecordId, string Column, string Value, string Reason);

/// <summary>A dropped file that could not be read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Reason">Why.</param>
public sealed record FailedFile(string Path, string Reason);
