using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Runs;

/// <summary>How much of what landed may be unusable before nothing is published.</summary>
public sealed class QuarantineOptions
{
    /// <summary>
    /// Share of a stream's rows, from 0 to 1, that may be in quarantine, of those that landed since the marts were published last. Above it a
    /// run fails and the marts stay as they are; 1 lets everything pass.
    /// </summary>
    [Range(0.0, 1.0)]
    public double MaxShare { get; init; } = 0.05;

    /// <summary>Rows of a stream in quarantine up to which its share is not looked at: a few bad rows of a small file are no alarm.</summary>
    [Range(0, 1_000_000)]
    public int ToleratedRows { get; init; } = 10;
}
