using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws;

public sealed class ConstantPriceLawTests
{
    [Fact]
    public void Nobody_expands_or_contracts_where_no_price_quantity_or_discount_changes()
    {
        using var world = new LawWorld(Books.Of(new KpiOptions(), new DateOnly(2026, 1, 1), CompanyTraits.ConstantPrices, 0, 200), "fct_mrr_movement");

        Assert.Empty(world.Query("select * from fct_mrr_movement where movement_type in ('expansion', 'contraction')"));
        Assert.NotEmpty(world.Query("select * from fct_mrr_movement where movement_type = 'fx'"));
        Assert.NotEmpty(world.Query("select * from fct_mrr_movement where movement_type = 'resumed'"));
    }
}
