namespace Cco.Pipeline.Cli.Vendors;

/// <summary>The clock that a vendor stamps records with, and how late its lists show them.</summary>
internal sealed class VendorClock(TimeProvider time) : TimeProvider
{
    private const int Delays = 4;

    /// <summary>How far it is ahead of ours; negative: behind.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>How long after a change lists show it at the latest. Some are shown at once and some after a part of this, so not in the order of their changes.</summary>
    public TimeSpan LongestDelay { get; init; }

    /// <summary>Whether lists show a record by now.</summary>
    public bool Shows(VendorRecord record) => record.At + (long)(DelayOf(record) * LongestDelay).TotalSeconds <= GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

    /// <summary>A part of the longest delay, which is always the same for a record.</summary>
    private static double DelayOf(VendorRecord record) => record.Id.Sum(letter => letter) % Delays / (double)(Delays - 1);
}
