namespace Cco.Pipeline.Tests.Laws;

/// <summary>A law proves nothing of what does not happen.</summary>
[Collection(nameof(LawWorlds))]
public sealed class LawWorldTests(LawWorlds worlds)
{
    [Fact]
    public void Customers_move_in_every_way() => Assert.Equal(
        [
            "churn", "contraction", "expansion", "fx", "gap", "late_renewal", "merge", "new", "paused", "reactivation", "resumed",
        ],
        All("select distinct movement_type from fct_mrr_movement"));

    [Fact]
    public void Expansion_contraction_and_churn_have_every_part() => Assert.Equal(
        [
            "cross_sell", "discount", "discount_expiry", "downgrade", "gap_closed", "gap_opened", "involuntary", "pause_ended", "price", "product_drop", "upsell", "voluntary",
        ],
        All("select distinct movement_part from fct_mrr_movement where movement_part <> movement_type and movement_type <> 'merge'"));

    [Fact]
    public void What_does_not_count_has_every_reason() => Assert.Equal(
        [
            "covered_by_subscription", "credit", "customer_deleted", "deleted", "discount", "draft", "ended", "free", "gap", "incomplete", "no_quantity", "no_service_period",
            "not_started", "one_off", "pause_expired", "paused", "proration", "tax", "test_customer", "trial", "unpaid", "usage", "void",
        ],
        All("select distinct exclusion_reason from fct_revenue_item where exclusion_reason is not null"));

    private IEnumerable<string> All(string query) =>
        LawWorlds.Numbers.SelectMany(number => worlds[number.Data].Query(query)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
