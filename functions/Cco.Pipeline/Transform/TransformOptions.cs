using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Transform;

/// <summary>Where the SQL is and what it may use of this machine.</summary>
public sealed class TransformOptions
{
    /// <summary>The folder of models, contracts, audits, macros and seeds; null: the one that is delivered with the program.</summary>
    public string? Folder { get; set; }

    /// <summary>Folders shaped like <see cref="Folder"/> whose files are added to it, or replace its files of the same name; the last one wins.</summary>
    public IList<string> Overlays { get; } = [];

    /// <summary>
    /// Memory DuckDB may use before it spills to the scratch folder, such as "4GB"; null: 60 % of the machine's, or with
    /// <see cref="Buckets"/> 3 % of it and at least 450 MiB. A model that needs more is built again with one thread, which needs less, and
    /// at last with 60 % in any case, unless this is set.
    /// </summary>
    [RegularExpression(@"^\d+(\.\d+)?\s*(KB|MB|GB|KiB|MiB|GiB)$", ErrorMessage = "MemoryLimit is a number with a unit, such as 4GB.")]
    public string? MemoryLimit { get; set; }

    /// <summary>Threads DuckDB may use; null: one a core.</summary>
    [Range(1, 256)]
    public int? Threads { get; set; }

    /// <summary>Models built at the same time, where they do not need each other. More of them need more memory.</summary>
    [Range(1, 32)]
    public int Parallelism { get; set; } = 2;

    /// <summary>
    /// Parts that customer-scoped models are built in, one after the other. More than one part says that memory is scarce: then models
    /// spill early, and no two of those that need all customers at once are built beside each other.
    /// </summary>
    [Range(1, 1024)]
    public int Buckets { get; set; } = 1;

    /// <summary>The folder for what is unfinished and what does not fit into memory; null: one in the system's temporary folder. Cleaned after each run.</summary>
    public string? Scratch { get; set; }

    /// <summary>The memory of the machine in bytes.</summary>
    internal long MachineBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The memory limit as DuckDB reads it.</summary>
    internal string UsualMemory => MemoryLimit ?? (Buckets > 1 ? Mebibytes(Math.Max(450 << 20, MachineBytes * 3 / 100)) : AllMemory);

    /// <summary>The limit for a model that does not fit into <see cref="UsualMemory"/>.</summary>
    internal string AllMemory => MemoryLimit ?? Mebibytes(MachineBytes * 6 / 10);

    private static string Mebibytes(long bytes) => $"{bytes >> 20}MiB";
}
