using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Makes one raw file of the small ones of a stream and day. What marts, reports and people call a file stays its name: each record keeps the
/// file it landed in, what that was made of, its run and its instants, so that the marts stay what they are to the last byte. The new file
/// counts in the moment in which the old ones stop to; it may be ended at any point and done again.
/// </summary>
public sealed class LakeCompaction(ILake lake, RetentionOptions retention, RunContext context)
{
    /// <summary>The column of a file made of several that says what each record was read from.</summary>
    internal const string FileColumn = "file";

    private const long Mebibyte = 1 << 20;

    /// <summary>Finds what would become one file.</summary>
    public async Task<CompactionPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var sizes = await lake.ListAsync(RawPath.Root, cancellationToken).ToDictionaryAsync(file => file.Path, file => file.Length, cancellationToken: cancellationToken);
        var runs = (await KeptRuns.FindAsync(lake, retention, context.Time.GetUtcNow(), cancellationToken)).Manifests.Select(manifest => manifest.RunId).ToList();
        var published = runs.Max(StringComparer.Ordinal) ?? "";
        var days = new List<CompactedDay>();
        foreach (var stream in (await RawFiles.ListAsync(lake, cancellationToken)).ByStream.OrderBy(stream => stream.Key.ToString(), StringComparer.Ordinal))
        {
            var settled = await SettledAsync(stream.Key, stream.Value, cancellationToken);
            days.AddRange(settled
                .Where(file => sizes.GetValueOrDefault(file.Path, long.MaxValue) < retention.CompactFileMiB * Mebibyte && !IsAfter(file, published))
                .GroupBy(file => (Day: file.Path.Segments[^2], Runs: runs.Count(run => IsAfter(file, run))))
                .Where(group => group.Count() >= retention.CompactFiles)
                .Select(group => new CompactedDay(stream.Key.ToString(), group.Key.Day, group.Count(), group.Sum(file => sizes[file.Path])) { Parts = [.. group] }));
        }

        return new CompactionPlan(days);
    }

    /// <summary>Finds what becomes one file, and makes it. Runs wait meanwhile.</summary>
    /// <returns>What became one file.</returns>
    /// <exception cref="LakeLeasedException">A run builds on this lake.</exception>
    public async Task<CompactionPlan> RunAsync(CancellationToken cancellationToken)
    {
        await using var lease = await PipelineRun.LeaseAsync(lake, "cco lake compact", cancellationToken);
        var plan = await PlanAsync(cancellationToken);
        using var engine = Engine.Open(context.Transform);
        var standIns = await StandIns.ReadAsync(lake, cancellationToken);
        foreach (var day in plan.Days)
        {
            standIns = await standIns.ReplaceAsync(lake, [await MergeAsync(engine, day.Parts, cancellationToken)], cancellationToken);
            foreach (var part in day.Parts)
            {
                await lake.DeleteAsync(part.Path, cancellationToken);
            }
        }

        foreach (var file in standIns.Leftovers(await lake.ListAsync(RawPath.Root, cancellationToken).ToListAsync(cancellationToken)))
        {
            await lake.DeleteAsync(file.Path, cancellationToken);
        }

        return plan;
    }

    private static bool IsAfter(RawFile file, string run) => string.CompareOrdinal(RawPath.RunOf(file.Path), run) > 0;

    /// <summary>
    /// The files that nobody looks for by their number any more: those before the readings that the next one is held against, and before the last,
    /// which says how far the stream has been read.
    /// </summary>
    private async Task<IEnumerable<RawFile>> SettledAsync(StreamName stream, IReadOnlyList<RawFile> files, CancellationToken cancellationToken)
    {
        var numbered = files.Where(file => Number(file) > 0).ToList();
        if (numbered.Count == 0)
        {
            return files;
        }

        if (await lake.ReadAsync(StreamState.PathOf(stream), cancellationToken) is not { } document)
        {
            return [];
        }

        var state = StreamState.Parse(document.Content.Span);
        var first = new[] { state.Whole?.First, state.Unsettled?.First, state.Open?.First, state.Sequence, numbered.Max(Number) }.Min();
        return files.Where(file => Number(file) < first);
    }

    private static long Number(RawFile file) => file.Holds.Count == 1 && long.TryParse(RawPath.PartOf(file.Path), out var number) ? number : 0;

    /// <summary>Writes the file that holds all of these; it does not count yet.</summary>
    private async Task<CountedFile> MergeAsync(Engine engine, IReadOnlyList<RawFile> parts, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        var selects = new List<string>();
        var says = new Dictionary<string, string>(StringComparer.Ordinal) { [RawFooter.Origin] = "several files" };
        foreach (var part in parts)
        {
            var local = await lake.LocalAsync(part.Path, cancellationToken);
            var isMade = part.Holds.Count > 1;
            var metadata = RawRewriter.Metadata(session, local);
            var origin = metadata.GetValueOrDefault(RawFooter.Origin, new LakePath(part.Holds[0].Path).Name);
            foreach (var (name, value) in metadata.Where(entry => entry.Key.StartsWith(RawFooter.Fields, StringComparison.Ordinal)))
            {
                says[name == RawFooter.Fields ? RawFooter.FieldsOf(part.Holds[0].Path) : name] = value;
            }

            selects.Add(
                $"""
                select
                    record_id, updated_at, extracted_at, run_id, is_deleted, position, payload,
                    {(isMade ? "raw_file" : Sql.Text(part.Holds[0].Path))} as raw_file,
                    {(isMade ? $"\"{FileColumn}\"" : Sql.Text(origin))} as "{FileColumn}"
                from {Sql.Parquet([local])}
                """);
        }

        IReadOnlyList<HeldFile> holds = [.. parts.SelectMany(part => part.Holds).OrderBy(held => held.Path, StringComparer.Ordinal)];
        var last = parts.MaxBy(part => RawPath.RunOf(part.Path), StringComparer.Ordinal)!;
        var path = StandIns.PathOf(last.Path, $"m{Fingerprint.Of(holds.Select(held => $"{held.Path} {held.Revision}"))}");
        await new RawRewriter(lake, engine).WriteAsync(
            session, $"select * from (\n{string.Join("\nunion all\n", selects)}\n) order by raw_file, position, record_id", says, path, cancellationToken);
        return new CountedFile(path, holds);
    }
}
