using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Intake;

/// <summary>How much a dropped file may ask of this machine before it is refused.</summary>
public sealed class IntakeOptions
{
    /// <summary>Bytes of one file, after decompression. Raise it for honest giants; it bounds what a bomb can do.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxFileBytes { get; init; } = 20L << 30;

    /// <summary>Bytes that one compressed byte may become, once a file has grown past 10 MiB. Real tables stay below 50; bombs are near 1,000.</summary>
    [Range(10, 2000)]
    public int MaxCompressionRatio { get; init; } = 200;

    /// <summary>Bytes of one record. Memory grows with it; a quote that is never closed is noticed after so many.</summary>
    [Range(1 << 10, 1 << 28)]
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>
    /// How long a file of <c>landing/</c> must not have changed before it is taken; a younger one waits for the next run. Zero is right where files
    /// appear whole, as with <c>cco drop</c>, blobs and files that are moved there; programs that write slowly call theirs <c>*.uploading</c> until
    /// they are done, or this is raised.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.Zero;

    /// <summary>The folder for copies of zip and Parquet files while they are read; the system's temporary folder where null.</summary>
    public string? ScratchFolder { get; init; }
}
