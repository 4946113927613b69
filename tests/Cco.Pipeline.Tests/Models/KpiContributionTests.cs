namespace Cco.Pipeline.Tests.Models;

/// <summary>The audit of contributions sees each way in which they can be wrong.</summary>
public sealed class KpiContributionTests
{
    private const string Audit = "kpi_contributions_add_up";

    [Theory]
    [InlineData("update fct_kpi_contribution set numerator = numerator + 0.0001 where kpi = 'mrr' and customer_key = 'file:a'", "mrr")]
    [InlineData("update fct_kpi_contribution set denominator = denominator + 1 where kpi = 'logo_churn' and customer_key = 'file:b'", "logo_churn")]
    [InlineData("update fct_kpi_contribution set n = n + 1 where kpi = 'net_new_mrr' and customer_key = 'file:b'", "net_new_mrr")]
    [InlineData("update fct_kpi_contribution set region = 'EMEA' where kpi = 'arr' and customer_key = 'file:c'", "arr")]
    [InlineData("delete from fct_kpi_contribution where kpi = 'net_revenue_retention' and customer_key = 'file:a'", "net_revenue_retention")]
    [InlineData("delete from fct_kpi_contribution where kpi = 'new_mrr'", "new_mrr")]
    [InlineData("delete from fct_kpi where kpi = 'arpa' and segment_dimension <> 'all'", "arpa")]
    public void What_does_not_add_up_is_found(string mistake, string kpi)
    {
        using var world = ModelWorld.Load(Path.Combine(AppContext.BaseDirectory, "Models", "fct_kpi_contribution", "worked_case_4_by_customer"));
        world.Build(Audit);
        world.Query(mistake);

        var found = world.Query($"select distinct kpi from (\n{ModelWorld.Catalog.Models[Audit].Text}\n)");

        Assert.Equal([kpi], found);
    }
}
