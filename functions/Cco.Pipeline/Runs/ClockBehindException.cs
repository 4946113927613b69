using System.Globalization;

namespace Cco.Pipeline.Runs;

/// <summary>This machine's clock is before the end of the last run on the lake.</summary>
public sealed class ClockBehindException(DateTimeOffset now, RunReport last) : IOException(string.Create(
    CultureInfo.InvariantCulture,
    $"It is {now:yyyy-MM-dd HH:mm:ss}Z by this machine's clock, and run {last.Id} ended at {last.EndedAt:yyyy-MM-dd HH:mm:ss}Z: what lands now would count as older than what landed then. "
    + $"Set the clock right, or wait. If it was that run whose clock was wrong, delete what it landed, the files below raw/ whose names begin with {last.Id}, and its report runs/{last.Id}.json, and drop the files again that it took in: they are in landing-done/."));
