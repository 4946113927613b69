using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>The settings of the worlds: the defaults, and others that move every rule that a setting can move.</summary>
internal sealed record WorldSettings(KpiOptions Kpis, DateOnly AsOf)
{
    public static readonly IReadOnlyList<WorldSettings> All =
    [
        new(new KpiOptions(), new DateOnly(2026, 1, 1)),
        new(In("Europe/Berlin", "EUR", fiscalYearFirstMonth: 4, dunningDays: 10, pauseDays: 45, lateRenewalDays: 30), new DateOnly(2025, 11, 17)),
        new(In("America/New_York", "JPY", fiscalYearFirstMonth: 10, dunningDays: 0, pauseDays: 0, lateRenewalDays: 0), new DateOnly(2025, 12, 31)),
        new(In("Asia/Kolkata", "BHD", fiscalYearFirstMonth: 7, dunningDays: 60, pauseDays: 180, lateRenewalDays: 365), new DateOnly(2026, 3, 1)),
        new(In("Australia/Sydney", "USD", fiscalYearFirstMonth: 12, dunningDays: 30, pauseDays: 30, lateRenewalDays: 90), new DateOnly(2025, 10, 6)),
    ];

    private static KpiOptions In(string timeZone, string currency, int fiscalYearFirstMonth, int dunningDays, int pauseDays, int lateRenewalDays) => new()
    {
        ReportingTimeZone = timeZone,
        ReportingCurrency = currency,
        FiscalYearFirstMonth = fiscalYearFirstMonth,
        DunningDays = dunningDays,
        PauseDays = pauseDays,
        LateRenewalDays = lateRenewalDays,
    };
}
