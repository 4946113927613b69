using System.Text.Json;

namespace Cco.Pipeline.Land;

/// <summary>
/// Which files stand in the place of others. Raw files never change; where records must go, or many small files become one, a new file is
/// written, and counts from the moment on that this document names it. All that it replaces stops counting in the same moment, and can be
/// deleted at any time after it.
/// </summary>
/// <param name="Files">The files, and what they hold.</param>
public sealed record StandIns(IReadOnlyList<CountedFile> Files)
{
    /// <summary>Parts the name of a file from what makes it another than the one that landed; files with it count only where they are named here.</summary>
    private const char Mark = '~';

    private static readonly LakePath Path = new("raw/replaced.json");

    private string? Tag { get; init; }

    /// <summary>Reads the document.</summary>
    public static async Task<StandIns> ReadAsync(ILake lake, CancellationToken cancellationToken)
    {
        if (await lake.ReadAsync(Path, cancellationToken) is not { } document)
        {
            return new StandIns([]);
        }

        var files = JsonSerializer.Deserialize<List<StandIn>>(document.Content.Span, PipelineJson.Readable)!;
        return new StandIns([.. files.Select(file => new CountedFile(new LakePath(file.File), file.Holds))]) { Tag = document.Tag };
    }

    /// <summary>Where a file that stands in the place of another is, or of several whose last it is.</summary>
    /// <param name="path">The other.</param>
    /// <param name="token">Tells it from others in this place: letters and digits.</param>
    public static LakePath PathOf(LakePath path, string token) => new($"{Stem(path.Value)}{Mark}{token}.parquet");

    /// <summary>The name of a file, without its ending and without what makes it another than the one that landed.</summary>
    internal static string Stem(string name)
    {
        var mark = name.IndexOf(Mark, name.LastIndexOf('/') + 1);
        return mark >= 0 ? name[..mark] : name.EndsWith(".parquet", StringComparison.Ordinal) ? name[..^".parquet".Length] : name;
    }

    /// <summary>Of the files of a folder those that count.</summary>
    internal IEnumerable<CountedFile> Counted(LakePath folder, IEnumerable<LakePath> listed)
    {
        var held = Held();
        return listed
            .Where(path => path.Value.EndsWith(".parquet", StringComparison.Ordinal) && !path.Name.Contains(Mark) && !held.Contains(path.Value))
            .Select(path => new CountedFile(path, [new HeldFile(path.Value, null)]))
            .Concat(Files.Where(file => file.Path.Value.StartsWith($"{folder}/", StringComparison.Ordinal)));
    }

    /// <summary>Of listed files those that count no more, or never did as whoever wrote them was ended: they can be deleted under the lease of runs.</summary>
    internal IEnumerable<LakeFile> Leftovers(IEnumerable<LakeFile> listed)
    {
        var held = Held();
        var standing = Files.Select(file => file.Path.Value).ToHashSet(StringComparer.Ordinal);
        return listed.Where(file => held.Contains(file.Path.Value) || (file.Path.Name.Contains(Mark) && !standing.Contains(file.Path.Value)));
    }

    /// <summary>Makes files count in place of what they hold, all in one moment. For holders of the lease of runs.</summary>
    /// <exception cref="LakeConflictException">Someone else has changed the document since it was read.</exception>
    internal async Task<StandIns> ReplaceAsync(ILake lake, IReadOnlyList<CountedFile> files, CancellationToken cancellationToken)
    {
        var held = files.SelectMany(file => file.Holds).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<CountedFile> all = [.. Files.Where(file => !held.Contains(file.Holds[0].Path)).Concat(files).OrderBy(file => file.Path.Value, StringComparer.Ordinal)];
        var document = JsonSerializer.SerializeToUtf8Bytes(all.Select(file => new StandIn(file.Path.Value, file.Holds)), PipelineJson.Readable);
        return new StandIns(all) { Tag = await lake.ReplaceAsync(Path, document, Tag, cancellationToken) };
    }

    private HashSet<string> Held() => Files.SelectMany(file => file.Holds).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);

    /// <summary>A file as the document writes it.</summary>
    private sealed record StandIn(string File, IReadOnlyList<HeldFile> Holds);
}
