using System.Globalization;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>Where it is remembered how far a stream has been read, and how the raw files of that reading are told from those of another one of the same stream.</summary>
/// <param name="Document">The copy of the state, see <see cref="StreamState"/>.</param>
/// <param name="Prefix">What the parts of its raw files begin with, before their number; without '-'.</param>
internal sealed record SweepPlace(LakePath Document, string Prefix)
{
    /// <summary>That of the schedule, which reads on from run to run.</summary>
    public static SweepPlace OfSchedule(StreamName stream) => new(StreamState.PathOf(stream), "");

    /// <summary>The part of the raw file of that number.</summary>
    public string Part(long sequence) => Prefix + sequence.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>The number of a raw file; 0 where it is not of this reading.</summary>
    public long Sequence(LakePath path) => RawPath.PartOf(path) is var part && part.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(part.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        ? sequence
        : 0;
}
