namespace Cco.Pipeline.Cli.Vendors;

/// <summary>Lets so many requests begin in each second, minute or other span of time, and no more. Safe to use from several threads.</summary>
internal sealed class Throttle(int requests, TimeSpan span, TimeProvider time)
{
    private readonly Lock gate = new();
    private long current;
    private int count;

    /// <summary>Requests in a span.</summary>
    public int Requests => requests;

    /// <summary>Asks for another request.</summary>
    public Turn Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            var place = now / span.Ticks;
            (current, count) = (place, place == current ? count + 1 : 1);
            var left = TimeSpan.FromTicks(((place + 1) * span.Ticks) - now);
            return new Turn(count <= requests, Math.Max(0, requests - count), Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)));
        }
    }
}

/// <summary>Whether a request may begin.</summary>
/// <param name="IsAdmitted">It may.</param>
/// <param name="Remaining">Further ones in this span.</param>
/// <param name="SecondsLeft">Whole seconds until the next span, at least one.</param>
internal readonly record struct Turn(bool IsAdmitted, int Remaining, int SecondsLeft);
