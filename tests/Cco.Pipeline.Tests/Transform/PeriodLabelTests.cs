using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

public sealed class PeriodLabelTests
{
    [Theory]
    [InlineData(1, "month", "2026-03-01", "2026-04-01", "2026-03")]
    [InlineData(1, "quarter", "2026-01-01", "2026-04-01", "2026-Q1")]
    [InlineData(1, "quarter", "2026-10-01", "2027-01-01", "2026-Q4")]
    [InlineData(1, "fiscal_year", "2026-01-01", "2027-01-01", "FY2026")]
    [InlineData(1, "trailing_12_months", "2025-04-01", "2026-04-01", "2026-03/12")]
    [InlineData(7, "quarter", "2025-07-01", "2025-10-01", "2026-Q1")]
    [InlineData(7, "quarter", "2026-04-01", "2026-07-01", "2026-Q4")]
    [InlineData(7, "fiscal_year", "2025-07-01", "2026-07-01", "FY2026")]
    [InlineData(7, "month", "2025-07-01", "2025-08-01", "2025-07")]
    public void A_period_is_called_by_the_fiscal_year_it_ends_in(int firstMonth, string type, string start, string end, string label) =>
        Assert.Equal(label, Label(new KpiOptions { FiscalYearFirstMonth = firstMonth }, type, start, end));

    [Theory]
    [InlineData(1, "month", "2025-03-30", "2025-04-27", "2025-04")]
    [InlineData(1, "month", "2024-12-29", "2025-01-26", "2025-01")]
    [InlineData(1, "quarter", "2024-12-29", "2025-03-30", "2025-Q1")]
    [InlineData(1, "fiscal_year", "2024-12-29", "2026-01-04", "FY2025")]
    [InlineData(1, "trailing_12_months", "2024-12-29", "2026-01-04", "2025-12/12")]
    [InlineData(2, "month", "2025-02-02", "2025-03-02", "2025-02")]
    [InlineData(2, "quarter", "2025-02-02", "2025-05-04", "2026-Q1")]
    [InlineData(2, "fiscal_year", "2025-02-02", "2026-02-01", "FY2026")]
    public void A_period_of_weeks_is_called_by_the_months_it_stands_for(int firstMonth, string type, string start, string end, string label) =>
        Assert.Equal(label, Label(new KpiOptions { FiscalCalendar = "weeks_4_4_5", FiscalYearFirstMonth = firstMonth }, type, start, end));

    private static string Label(KpiOptions settings, string type, string start, string end) =>
        Macro.Value<string>($"period_label('{type}', date '{start}', date '{end}')", settings);
}
