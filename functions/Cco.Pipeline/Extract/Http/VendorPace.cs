using System.Globalization;

namespace Cco.Pipeline.Extract;

/// <summary>Waits where the vendor's own headers say that nothing is left. Safe to use from several threads.</summary>
internal sealed class VendorPace(LimitDescription limits, TimeProvider time)
{
    private long freeAtTicks;

    /// <summary>How long the next request has to wait.</summary>
    public TimeSpan Wait => new DateTimeOffset(Interlocked.Read(ref freeAtTicks), TimeSpan.Zero) is var free && free > time.GetUtcNow() ? free - time.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Hears what an answer says.</summary>
    public void Heard(VendorAnswer answer)
    {
        if (limits is { RemainingHeader: { } remaining, ResetHeader: { } reset }
            && decimal.TryParse(answer.Header(remaining), NumberStyles.Float, CultureInfo.InvariantCulture, out var left) && left <= 0
            && answer.Header(reset) is { } until && Until(until) is { } free)
        {
            Interlocked.Exchange(ref freeAtTicks, free.UtcTicks);
        }
    }

    private DateTimeOffset? Until(string text) => limits.ResetFormat switch
    {
        ResetFormat.Seconds => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e7 ? time.GetUtcNow().AddSeconds(seconds) : null,
        ResetFormat.Unix => InstantFormat.Unix.Read(text),
        ResetFormat.UnixMilliseconds => InstantFormat.UnixMilliseconds.Read(text),
        _ => InstantFormat.Iso.Read(text),
    };
}
