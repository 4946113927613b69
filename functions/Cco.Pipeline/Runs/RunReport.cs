using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Everything a run did: written once when it has ended, and landed as a source, so that the marts report on the pipeline, too.</summary>
/// <param name="Id">The run.</param>
/// <param name="AsOf">The first day its numbers do not cover, in the reporting time zone.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="Published">The marts that everybody reads are those of this run.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Files">The dropped files it took in.</param>
/// <param name="Models">The models it built or found unchanged.</param>
/// <param name="Settings">The settings that change what numbers mean.</param>
public sealed record RunReport(
    string Id,
    DateOnly AsOf,
    RunStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    bool Published,
    string? Error,
    IReadOnlyList<FileReceipt> Files,
    IReadOnlyList<ModelReceipt> Models,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The streams of sources that it read.</summary>
    public IReadOnlyList<StreamReceipt> Streams { get; init; } = [];

    /// <summary>The rows in quarantine as this run found them, those of earlier files among them; where it built nothing, those it could not read.</summary>
    [JsonIgnore]
    public long Quarantined => Models.FirstOrDefault(model => model.Name == BuildPlan.Rejected)?.Rows ?? Files.Sum(file => file.Rejected);

    /// <summary>The records that landed in this run, of streams and of dropped files.</summary>
    [JsonIgnore]
    public long Landed => Streams.Sum(stream => stream.Rows) + Files.Sum(file => file.Rows);

    /// <summary>Dropped files that could not be read: the run went on without them.</summary>
    [JsonIgnore]
    public int FailedFiles => Files.Count(file => file.Outcome == FileOutcome.Failed);

    /// <summary>The stream that reports land in.</summary>
    public static StreamName Stream { get; } = new("pipeline", "run");

    /// <summary>The folder of the reports.</summary>
    public static LakePath Folder { get; } = new("runs");

    /// <summary>The report of a run; null where it is gone.</summary>
    public static async Task<RunReport?> ReadAsync(ILake lake, string run, CancellationToken cancellationToken) =>
        await lake.ReadAsync(PathOf(run), cancellationToken) is { } document ? Parse(document) : null;

    /// <summary>The reports of the runs, the latest first, each read when it is asked for.</summary>
    public static async IAsyncEnumerable<RunReport> LatestFirstAsync(ILake lake, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = await lake.ListAsync(Folder, cancellationToken).Select(file => file.Path).ToListAsync(cancellationToken);
        foreach (var file in files.OrderByDescending(file => file.Value, StringComparer.Ordinal))
        {
            var document = await lake.ReadAsync(file, cancellationToken) ?? throw new FileNotFoundException($"The report '{file}' vanished while it was read.", file.Value);
            yield return Parse(document);
        }
    }

    /// <summary>The settings of the run; those that it did not know yet have their default.</summary>
    internal IReadOnlyDictionary<string, string> AllSettings() =>
        Settings.Concat(new KpiOptions().Variables(AsOf)).DistinctBy(setting => setting.Key).ToDictionary(StringComparer.Ordinal);

    /// <summary>Where the report of a run is.</summary>
    internal static LakePath PathOf(string run) => Folder.Child($"{run}.json");

    private static RunReport Parse(LakeDocument document) => JsonSerializer.Deserialize<RunReport>(document.Content.Span, RunReportJson.Readable)!;
}
