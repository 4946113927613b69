using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>
/// The clock of the reports. Months are numbers, year x 12 + month - 1 of the month of the calendar, or of the one that weeks stand for; their first
/// days are counted off from year to year. Only what lies before <c>as_of</c> has been seen, so a month is measured at its last instant, the month in
/// progress at the last instant before <c>as_of</c>.
/// </summary>
internal sealed class ReportingClock
{
    private const int FirstYear = 1890;
    private const int Years = 200;

    private readonly KpiOptions settings;
    private readonly TimeZoneInfo zone;
    private readonly List<DateTime> starts;

    public ReportingClock(KpiOptions settings, DateOnly asOf)
    {
        this.settings = settings;
        zone = TimeZoneInfo.FindSystemTimeZoneById(settings.ReportingTimeZone);
        starts = [.. Enumerable.Range(FirstYear, Years).SelectMany(StartsOfYear)];
        AsOf = asOf.ToDateTime(TimeOnly.MinValue);
        LastMonth = MonthOf(AsOf.AddDays(-1));
        FirstOpenMonth = MonthOf(AsOf);
    }

    public DateTime AsOf { get; }

    public int LastMonth { get; }

    /// <summary>The first month that has not ended.</summary>
    public int FirstOpenMonth { get; }

    private int FirstNumber => (FirstYear * 12) + settings.FiscalYearFirstMonth - 1;

    public int MonthOf(DateTime local)
    {
        var index = starts.BinarySearch(local);
        return FirstNumber + (index >= 0 ? index : ~index - 1);
    }

    public DateTime Start(int month) => starts[month - FirstNumber];

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

    private IEnumerable<DateTime> StartsOfYear(int year)
    {
        var first = new DateTime(year, settings.FiscalYearFirstMonth, 1);
        if (settings.FiscalCalendar == "months")
        {
            return Enumerable.Range(0, 12).Select(first.AddMonths);
        }

        var weekdays = Enumerable.Range(-6, 13).Select(days => first.AddDays(days)).Where(day => day.DayOfWeek == settings.FiscalYearFirstWeekday);
        var start = settings.FiscalYearStart == "nearest" ? weekdays.MinBy(day => (day - first).Duration()) : weekdays.First();
        var weeks = settings.FiscalCalendar.Split('_')[1..].Select(int.Parse).ToList();
        return Enumerable.Range(0, 12).Select(month => start.AddDays(7 * Enumerable.Range(0, month).Sum(before => weeks[before % 3])));
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
