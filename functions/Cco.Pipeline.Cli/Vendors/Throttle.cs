namespace Cco.Pipeline.Cli.Vendors;

/// <summary>Lets so many requests begin in each second, and no more. Safe to use from several threads.</summary>
internal sealed class Throttle(int requestsPerSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private long second;
    private int count;

    /// <summary>Whether another request may begin now.</summary>
    public bool Admits()
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            (second, count) = (now, now == second ? count + 1 : 1);
            return count <= requestsPerSecond;
        }
    }
}
