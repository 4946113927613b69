namespace Cco.Pipeline.Extract;

/// <summary>A half-open span of source time in UTC: a change stamped exactly <see cref="To"/> belongs to the next one.</summary>
public sealed record Window
{
    /// <exception cref="ArgumentOutOfRangeException">It would be empty.</exception>
    public Window(DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        (From, To) = (from.ToUniversalTime(), to.ToUniversalTime());
    }

    /// <summary>Its first instant.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset To { get; }

    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <inheritdoc />
    public override string ToString() => $"{From:yyyy-MM-dd'T'HH:mm:ss'Z'} to {To:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
