using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>What has landed at the moment a build is planned.</summary>
/// <param name="ByStream">The raw files of each stream, by path.</param>
/// <param name="Quarantined">The files of rows that could not be read, by path.</param>
public sealed record RawFiles(IReadOnlyDictionary<StreamName, IReadOnlyList<RawFile>> ByStream, IReadOnlyList<LakePath> Quarantined)
{
    /// <summary>Lists the lake.</summary>
    public static async Task<RawFiles> ListAsync(ILake lake, CancellationToken cancellationToken)
    {
        var raw = await CountedFile.ListAsync(lake, RawPath.Root, cancellationToken).ToListAsync(cancellationToken);
        var quarantined = await CountedFile.ListAsync(lake, RawPath.Quarantine, cancellationToken).ToListAsync(cancellationToken);
        return new RawFiles(
            raw.Select(file => (File: file, Stream: RawPath.StreamOf(file.Path)))
                .Where(file => file.Stream is not null)
                .GroupBy(file => file.Stream!, file => file.File)
                .ToDictionary(group => group.Key, IReadOnlyList<RawFile> (group) => [.. group.Select(file => new RawFile(group.Key, file.Path) { Holds = file.Holds, Length = file.Length })]),
            [.. quarantined.Select(file => file.Path)]);
    }

    /// <summary>The size of all raw files in bytes.</summary>
    public long Length => ByStream.Values.SelectMany(files => files).Sum(file => file.Length);

    /// <summary>The files of a stream; none where nothing of it has landed.</summary>
    public IReadOnlyList<RawFile> Of(StreamName stream) => ByStream.GetValueOrDefault(stream) ?? [];

    /// <summary>The ids of what the records of files are, by the files as they landed.</summary>
    internal static IEnumerable<string> Contents(IEnumerable<RawFile> files) =>
        files.SelectMany(file => file.Content).OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Id);

    /// <summary>Of these files those that had landed when a run built: the ones of runs up to it.</summary>
    public RawFiles UpTo(RunId run) => this with
    {
        ByStream = ByStream.ToDictionary(
            stream => stream.Key, IReadOnlyList<RawFile> (stream) => [.. stream.Value.Where(file => string.CompareOrdinal(RawPath.RunOf(file.Path), run.Value) <= 0)]),
    };

    /// <summary>Of these files those of sources, without the pipeline's reports on itself, by path.</summary>
    public IEnumerable<RawFile> OfSources => ByStream.Where(stream => stream.Key.Source != "pipeline").SelectMany(stream => stream.Value)
        .OrderBy(file => file.Path.Value, StringComparer.Ordinal);

    /// <summary>Of the files of sources those that had not landed when a run built: the ones of runs after it.</summary>
    public IEnumerable<RawFile> After(RunId run) => OfSources.Where(file => string.CompareOrdinal(RawPath.RunOf(file.Path), run.Value) > 0);
}
