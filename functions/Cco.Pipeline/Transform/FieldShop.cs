using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>Keeps what each raw file says of the fields of its records, taken from its metadata once, so that old raw files are not opened again.</summary>
internal sealed class FieldShop(ILake lake, Engine engine, RawFiles raw)
{
    /// <summary>The select of the fields of no file.</summary>
    public const string Nothing =
        """
        select
            null::varchar as stream, null::varchar as raw_file, null::varchar as run_id, null::varchar as field, null::varchar as parent, null::varchar as type,
            null::bigint as value_count
        where false
        """;

    /// <summary>The form of the copies: another one where what is kept changes.</summary>
    private static readonly LakePath Folder = new($"stage/{BuildPlan.Observed}/1");

    /// <summary>The files in which the fields of these raw files are kept.</summary>
    public static IEnumerable<LakePath> CopiesOf(RawFiles raw) => raw.OfSources.SelectMany(file => file.Content).Select(file => CopyOf(file.Id));

    /// <summary>The select of the fields of all files of sources; those of files that landed before fields were kept are not known.</summary>
    public async Task<string> ObservedAsync(CancellationToken cancellationToken)
    {
        var done = await lake.ListAsync(Folder, cancellationToken).Select(file => file.Path.Value).ToHashSetAsync(cancellationToken: cancellationToken);
        var copies = new List<string>();
        using var session = engine.Session();
        foreach (var file in raw.OfSources)
        {
            foreach (var (landed, id) in file.Content)
            {
                var copy = CopyOf(id);
                if (!done.Contains(copy.Value))
                {
                    await KeepAsync(session, file, new LakePath(landed), copy, cancellationToken);
                }

                copies.Add(await lake.LocalAsync(copy, cancellationToken));
            }
        }

        return copies.Count == 0 ? Nothing : $"select * from {Sql.Parquet(copies)}";
    }

    private static LakePath CopyOf(string id) => Folder.Child($"{id}.parquet");

    /// <summary>Keeps what a file says of the fields of the records that landed in a file: in itself, or in one whose place it has taken.</summary>
    private async Task KeepAsync(EngineSession session, RawFile file, LakePath landed, LakePath copy, CancellationToken cancellationToken)
    {
        var scratch = engine.Scratch.File($"{BuildPlan.Observed}-{copy.Name}");
        session.Execute(
            $$"""
            copy (
                select
                    {{Sql.Text(file.Stream.ToString())}} as stream,
                    {{Sql.Text(landed.Value)}} as raw_file,
                    {{Sql.Text(RawPath.RunOf(landed))}} as run_id,
                    unnest(from_json(decode(value), '[{"field":"VARCHAR","parent":"VARCHAR","type":"VARCHAR","value_count":"BIGINT"}]'), recursive := true)
                from parquet_kv_metadata({{Sql.Text(await lake.LocalAsync(file.Path, cancellationToken))}})
                where decode(key) in ('{{RawFooter.Fields}}', {{Sql.Text(RawFooter.FieldsOf(landed.Value))}})
            ) to {{Sql.Text(scratch)}} (format parquet)
            """,
            cancellationToken);
        await lake.ImportOnceAsync(scratch, copy, cancellationToken);
    }
}
