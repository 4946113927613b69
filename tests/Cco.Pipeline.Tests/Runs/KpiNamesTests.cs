using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Models;

namespace Cco.Pipeline.Tests.Runs;

public sealed class KpiNamesTests
{
    [Theory]
    [InlineData("mrr")]
    [InlineData("MRR")]
    [InlineData("monthly recurring revenue")]
    public void A_KPI_is_found_by_name_and_by_title(string name) => Assert.Equal("mrr", KpiNames.Find(ModelWorld.Catalog.Kpis, name).Name);

    [Theory]
    [InlineData("net_retention", "net_revenue_retention")]
    [InlineData("churn", "logo_churn")]
    [InlineData("nps", "nps_relationship")]
    [InlineData("upsel_mrr", "upsell_mrr")]
    [InlineData("arrr", "arr")]
    public void What_is_no_KPI_leads_to_the_nearest(string name, string nearest)
    {
        var error = Assert.Throws<ArgumentException>(() => KpiNames.Find(ModelWorld.Catalog.Kpis, name));

        Assert.StartsWith($"There is no KPI '{name}'. Nearest: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, error.Message, StringComparison.Ordinal);
    }
}
