using System.Collections.Concurrent;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>
/// Keeps a typed copy of every raw file, made once a file and version of the staging model, and beside it the rows that could not be used,
/// so that nobody reads through all rows to find these few. The copy comes last: where it is, both are.
/// </summary>
internal sealed class StageShop(ILake lake, Engine engine, RawFiles raw)
{
    private const string TypedEnding = ".parquet";

    private const string RejectedEnding = ".rejected.parquet";

    private readonly ConcurrentDictionary<StreamName, SemaphoreSlim> turns = new();

    /// <summary>The files that are made of one raw file.</summary>
    public static IEnumerable<LakePath> CopiesOf(BuildStep stage, RawFile file) => [Target(stage, file, TypedEnding), Target(stage, file, RejectedEnding)];

    /// <summary>Makes the copies of a staging model that are not there yet.</summary>
    public async Task StageAsync(BuildStep stage, CancellationToken cancellationToken)
    {
        var model = stage.Model!;
        var done = await lake.ListAsync(stage.StageFolder, cancellationToken).Select(file => file.Path.Value).ToHashSetAsync(cancellationToken: cancellationToken);
        var waiting = raw.Of(model.Stream!).Where(file => !done.Contains(Target(stage, file, TypedEnding).Value)).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var turn = turns.GetOrAdd(model.Stream!, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var session = engine.Session();
            var typed = StageSql.Typed(model, model.Contract!, session.Describe(model.Text));
            foreach (var file in waiting)
            {
                await StageFileAsync(session, stage, file, typed, cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Holds what a staging model gives against the entity it feeds.</summary>
    /// <exception cref="TransformException">It does not fit.</exception>
    public void Check(BuildStep stage)
    {
        using var session = engine.Session();
        StageSql.Typed(stage.Model!, stage.Model!.Contract!, session.Describe(stage.Model.Text));
    }

    /// <summary>The relation of all typed versions of an entity.</summary>
    public async Task<string> VersionsAsync(IEnumerable<BuildStep> stages, Contract contract, CancellationToken cancellationToken)
    {
        var files = await LocalFilesAsync(stages, TypedEnding, cancellationToken);
        if (files.Length > 0)
        {
            return Sql.Parquet(files);
        }

        var columns = contract.Columns.Select(column => $"null::{column.Type} as {Sql.Name(column.Name)}");
        return $"(select {string.Join(", ", columns)}, {EmptyOrigin} as origin, null::varchar as rejection where false)";
    }

    /// <summary>The select of all rows that could not be used, from typed copies and from files as they were read.</summary>
    public async Task<string> RejectedAsync(IEnumerable<BuildStep> stages, CancellationToken cancellationToken)
    {
        var selects = new List<string> { Nothing };
        if (await LocalFilesAsync(stages, RejectedEnding, cancellationToken) is { Length: > 0 } files)
        {
            selects.Add($"select * from {Sql.Parquet(files)}");
        }

        foreach (var path in raw.Quarantined)
        {
            var stream = RawPath.StreamOf(path)!;
            selects.Add($"""
                select
                    {Sql.Text(stream.ToString())}, payload ->> '$.file', position, null, payload ->> '$.column', payload ->> '$.value',
                    payload ->> '$.reason', run_id, extracted_at
                from {Sql.Parquet([await lake.LocalAsync(path, cancellationToken)])}
                """);
        }

        return string.Join("\nunion all\n", selects);
    }

    private const string EmptyOrigin =
        """
        null::struct(stream varchar, "file" varchar, raw_file varchar, "position" bigint, record_id varchar, updated_at timestamp,
            extracted_at timestamp, run_id varchar, is_deleted boolean)
        """;

    private const string Nothing =
        """
        select
            null::varchar as stream, null::varchar as "file", null::bigint as position, null::varchar as record_id, null::varchar as column_name,
            null::varchar as value, null::varchar as reason, null::varchar as run_id, null::timestamp as rejected_at
        where false
        """;

    private static string Rejections(string typedFile) =>
        $"""
        select
            origin.stream, origin."file", origin.position, origin.record_id, wrong."column" as column_name, wrong.value, wrong.reason, origin.run_id,
            origin.extracted_at as rejected_at
        from (
            select origin, unnest(rejection) as wrong
            from {Sql.Parquet([typedFile])}
            where rejection is not null
        )
        """;

    private static LakePath Target(BuildStep stage, RawFile file, string ending) => stage.CopyOf(file, ending);

    private Task<string[]> LocalFilesAsync(IEnumerable<BuildStep> stages, string ending, CancellationToken cancellationToken) => Task.WhenAll(
        stages.SelectMany(stage => raw.Of(stage.Model!.Stream!).Select(file => lake.LocalAsync(Target(stage, file, ending), cancellationToken))));

    private async Task StageFileAsync(EngineSession session, BuildStep stage, RawFile file, string typed, CancellationToken cancellationToken)
    {
        var local = await lake.LocalAsync(file.Path, cancellationToken);
        var origin = session.Query(
            $"select decode(value) from parquet_kv_metadata({Sql.Text(local)}) where decode(key) = {Sql.Text(RawFooter.Origin)}", reader => reader.GetString(0), cancellationToken).FirstOrDefault();
        session.Execute(StageSql.RawView(file, local, origin ?? file.Path.Name), cancellationToken);
        var scratch = engine.Scratch.File($"{stage.Name}-{file.Id}.parquet");
        var rejected = engine.Scratch.File($"{stage.Name}-{file.Id}{RejectedEnding}");
        session.Execute($"copy (\n{typed}\n) to {Sql.Text(scratch)} ({StageSql.Format})", cancellationToken);
        session.Execute($"copy (\n{Rejections(scratch)}\n) to {Sql.Text(rejected)} (format parquet)", cancellationToken);
        await lake.ImportOnceAsync(rejected, Target(stage, file, RejectedEnding), cancellationToken);
        await lake.ImportOnceAsync(scratch, Target(stage, file, TypedEnding), cancellationToken);
    }
}
