using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Sample;

/// <summary>Which sample company to make. The same options make the same files, byte for byte, on every machine.</summary>
public sealed class SampleOptions
{
    /// <summary>Customers, prospects included. More of them leave the first ones as they are.</summary>
    [Range(1, 10_000_000)]
    public int Customers { get; init; } = 500;

    /// <summary>Months of history before <see cref="End"/>.</summary>
    [Range(1, 240)]
    public int Months { get; init; } = 24;

    /// <summary>Another number makes another company.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>First day after the history: the first of a month. Nothing that happened on or after it is written.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Plants errors of the kinds in <see cref="DirtKind"/>; without it every row is sound.</summary>
    public bool HasDirt { get; init; } = true;

    /// <summary>Writes .csv.gz instead of .csv: a sixth of the size, twice the time.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Rows after which a table goes on in a further file.</summary>
    [Range(1_000, 1_000_000_000)]
    public int RowsPerFile { get; init; } = 5_000_000;
}
