using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>The settings of the worlds: the defaults, and others that move every rule that a setting can move.</summary>
internal sealed record WorldSettings(KpiOptions Kpis, DateOnly AsOf)
{
    public static readonly IReadOnlyList<WorldSettings> All =
    [
        new(new KpiOptions(), new DateOnly(2026, 1, 1)),
        new(
            new KpiOptions
            {
                ReportingTimeZone = "Europe/Berlin",
                ReportingCurrency = "EUR",
                FiscalYearFirstMonth = 4,
                DunningDays = 10,
                PauseDays = 45,
                LateRenewalDays = 30,
                ReactivationPolicy = "reactivation_then_new",
                CancelTiming = "at_cancellation",
                DiscountPolicy = "lasting",
            },
            new DateOnly(2025, 11, 17)),
        new(
            new KpiOptions
            {
                ReportingTimeZone = "America/New_York",
                ReportingCurrency = "JPY",
                FiscalCalendar = "weeks_4_4_5",
                FiscalYearFirstMonth = 10,
                FiscalYearStart = "last",
                DunningDays = 0,
                PauseDays = 0,
                LateRenewalDays = 0,
                ReactivationPolicy = "reactivation",
                DiscountPolicy = "none",
            },
            new DateOnly(2025, 12, 31)),
        new(
            new KpiOptions
            {
                ReportingTimeZone = "Asia/Kolkata",
                ReportingCurrency = "BHD",
                FiscalCalendar = "weeks_4_5_4",
                FiscalYearFirstMonth = 7,
                FiscalYearFirstWeekday = DayOfWeek.Monday,
                DunningDays = 60,
                PauseDays = 180,
                LateRenewalDays = 365,
                ReactivationPolicy = "reactivation_then_new",
                CancelTiming = "at_cancellation",
            },
            new DateOnly(2026, 3, 1)),
        new(
            new KpiOptions
            {
                ReportingTimeZone = "Australia/Sydney",
                ReportingCurrency = "USD",
                FiscalYearFirstMonth = 12,
                DunningDays = 30,
                PauseDays = 30,
                LateRenewalDays = 90,
            },
            new DateOnly(2025, 10, 6)),
        new(
            new KpiOptions { FiscalCalendar = "weeks_5_4_4", FiscalYearFirstWeekday = DayOfWeek.Saturday },
            new DateOnly(2026, 1, 3)),
    ];
}
