using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>
/// The clock of the reports. Months are numbers, year x 12 + month - 1. Only what lies before <c>as_of</c> has been seen, so a month is
/// measured at its last instant, the month in progress at the last instant before <c>as_of</c>.
/// </summary>
internal sealed class ReportingClock(KpiOptions settings, DateOnly asOf)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(settings.ReportingTimeZone);

    public DateTime AsOf { get; } = asOf.ToDateTime(TimeOnly.MinValue);

    public int LastMonth { get; } = MonthOf(asOf.AddDays(-1).ToDateTime(TimeOnly.MinValue));

    /// <summary>The first month that has not ended.</summary>
    public int FirstOpenMonth { get; } = MonthOf(asOf.ToDateTime(TimeOnly.MinValue));

    public static int MonthOf(DateTime local) => (local.Year * 12) + local.Month - 1;

    public static DateTime Start(int month) => new(month / 12, (month % 12) + 1, 1);

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    public DateTime? Local(DateTime? utc) => utc is { } instant ? Local(instant) : null;

    public DateTime LastInstant(int month) => Earlier(Start(month + 1), AsOf).AddTicks(-1);

    /// <summary>The first month at whose measured instant what begins now is seen; what begins from <c>as_of</c> on is in none.</summary>
    public int SeenFrom(DateTime instant) => instant >= AsOf ? LastMonth + 1 : MonthOf(instant);

    /// <summary>The day whose exchange rates value a month.</summary>
    public DateOnly RateDay(int month) => DateOnly.FromDateTime(LastInstant(month));

    /// <summary>The first month of the fiscal year, or quarter of it, that a month is in.</summary>
    public int FiscalStart(int month, int length)
    {
        var start = month;
        while ((start - (settings.FiscalYearFirstMonth - 1)) % length != 0)
        {
            start--;
        }

        return start;
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
