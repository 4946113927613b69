using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Land;

/// <summary>Where the lake is, and how it is reached where that is a storage account.</summary>
public sealed class LakeOptions
{
    /// <summary>The folder of this machine that holds the lake.</summary>
    [Required]
    public string Folder { get; set; } = "lake";

    /// <summary>
    /// The container of Azure Blob Storage that holds the lake instead, such as <c>https://account.blob.core.windows.net/lake</c>; null:
    /// <see cref="Folder"/>. It is made where it is missing.
    /// </summary>
    public string? Container { get; set; }

    /// <summary>
    /// How to sign in to the container's account, <c>UseDevelopmentStorage=true</c> for the emulator Azurite; null: as the identity of the
    /// machine, or as whoever is signed in on it.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The folder of this machine that keeps copies of the container's files; null: one in the system's temporary folder.</summary>
    public string? Cache { get; set; }

    /// <summary>
    /// Bytes of copies that are kept. Those that were used longest ago go first, and none that was used within the last day: it may be in use
    /// still.
    /// </summary>
    [Range(1L << 20, 1L << 50)]
    public long CacheBytes { get; set; } = 20L << 30;

    /// <summary>Files of the container that are downloaded at the same time. Each takes up to 32 MiB of memory.</summary>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 8;

    /// <summary>The longest time that one request to the account may take; what is longer is sent in several.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Times that a request is made again after a failure that may pass.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 8;

    /// <summary>The wait before the first retry; it doubles with each, up to 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(800);
}
