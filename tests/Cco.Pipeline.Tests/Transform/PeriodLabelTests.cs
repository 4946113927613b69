using Cco.Pipeline.Tests.Models;
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
    public void A_period_is_called_by_the_fiscal_year_it_ends_in(int firstMonth, string type, string start, string end, string label)
    {
        using var engine = Engine.Open(new TransformOptions { Threads = 1 });
        engine.SetVariables(new KpiOptions { FiscalYearFirstMonth = firstMonth }.Variables(new DateOnly(2026, 1, 1)));
        using var session = engine.Session();
        ModelWorld.Catalog.Macros.ToList().ForEach(text => session.Execute(text, TestContext.Current.CancellationToken));

        Assert.Equal(label, session.Scalar<string>($"select period_label('{type}', date '{start}', date '{end}')", TestContext.Current.CancellationToken));
    }
}
