namespace Cco.Pipeline.Sample;

/// <summary>The span of time the sample company is observed in.</summary>
internal sealed class Calendar(SampleOptions options)
{
    /// <summary>Growing demand for subscriptions, and for help with them, over the year; 1 is an average month.</summary>
    private static readonly double[] Season = [1.15, 1.0, 1.1, 1.0, 0.95, 0.9, 0.8, 0.75, 1.2, 1.15, 1.1, 0.9];

    private static readonly double[] Leaving = [1.5, 1.1, 1.0, 0.95, 0.9, 1.0, 0.85, 0.8, 0.95, 0.95, 1.0, 1.4];

    public DateOnly Start { get; } = options.End.AddMonths(-options.Months);

    public DateOnly End { get; } = options.End;

    public DateTimeOffset EndInstant { get; } = options.End.At(0);

    public static double DemandIn(DateOnly day) => Season[day.Month - 1];

    public static double LeavingIn(DateOnly day) => Leaving[day.Month - 1];

    public bool Covers(DateTimeOffset instant) => instant < EndInstant;

    /// <summary>The instant if it has come, so that what lies ahead is not known.</summary>
    public DateTimeOffset? Known(DateTimeOffset? instant) => instant < EndInstant ? instant : null;
}

/// <summary>Days and instants of the sample company; all in UTC.</summary>
internal static class Instants
{
    public static DateTimeOffset At(this DateOnly day, int secondOfDay) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds(secondOfDay);

    public static DateOnly Day(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    /// <summary>Later by this much, without fractions of a second.</summary>
    public static DateTimeOffset AfterHours(this DateTimeOffset instant, double hours) => instant.AddSeconds((long)(hours * 3600));

    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
