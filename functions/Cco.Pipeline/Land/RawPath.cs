using System.Globalization;

namespace Cco.Pipeline.Land;

/// <summary>Where raw files and quarantined rows are.</summary>
public static class RawPath
{
    /// <summary>The folder of every raw file.</summary>
    public static LakePath Root { get; } = new("raw");

    /// <summary>The folder of the rows that could not be read.</summary>
    public static LakePath Quarantine { get; } = new("quarantine");

    /// <summary>The folder of a stream's raw files.</summary>
    public static LakePath FolderOf(StreamName stream) => Root.Child($"{stream.Source}/{stream.Stream}");

    /// <summary>The raw file of one part of a run; parts are never reused within it.</summary>
    public static LakePath Of(StreamName stream, RunId run, string part) => FolderOf(stream).Child(
        $"extract_date={run.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{run}-{part}.parquet");

    /// <summary>Rows that were rejected while the part was read, some of them a file; reading the part again replaces them.</summary>
    public static LakePath QuarantineOf(StreamName stream, string part, int index) => Quarantine.Child($"{stream.Source}/{stream.Stream}/{part}/{index:0000}.parquet");

    /// <summary>The part whose rows a quarantine file holds.</summary>
    public static string QuarantinedPartOf(LakePath path) => path.Segments[^2];

    /// <summary>The stream a raw or quarantine file belongs to; null where the path is neither.</summary>
    public static StreamName? StreamOf(LakePath path) =>
        path.Segments is [_, var source, var stream, _, ..] ? StreamName.FromRelation($"{source}__{stream}") : null;

    /// <summary>The part of a raw file's name.</summary>
    public static string PartOf(LakePath path) => StandIns.Stem(path.Name)[(path.Name.LastIndexOf('-') + 1)..];

    /// <summary>The run in a raw file's name. Names of later runs sort after those of earlier ones.</summary>
    public static string RunOf(LakePath path) => path.Name[..path.Name.LastIndexOf('-')];
}
