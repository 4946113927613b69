using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Discounts of one customer, on an item, a subscription or all it has.</summary>
internal sealed class Discounts(string customerId, Instants instants, CompanyTraits traits)
{
    private static readonly Gen<(decimal? Percent, decimal? Amount)> Reductions = Gen.OneOf<(decimal?, decimal?)>(
        (10m, null), (33.3333m, null), (50m, null), (100m, null), (0m, null), (null, 5m), (null, 10.01m), (null, 0.3333m), (null, 50_000m));

    public Gen<Discount[]> On(IReadOnlyList<SubscriptionItem> items) => traits == CompanyTraits.ConstantPrices || items.Count == 0
        ? Gen.Const(Array.Empty<Discount>())
        : Any(items).Array[0, 3].Select(granted => granted.Select((discount, index) => discount with { DiscountId = $"{customerId}_d{index}" }).ToArray());

    private Gen<Discount> Any(IReadOnlyList<SubscriptionItem> items) =>
        from item in Gen.OneOf([.. items])
        from target in Gen.Int[0, 2]
        from reduction in Reductions
        from isRecurring in Gen.Frequency((9, true), (1, false))
        from startsAt in instants.Any.Nullable(0.4)
        from endsAt in instants.Any.Nullable(0.4)
        from deletedAt in instants.Any.Nullable(0.9)
        select new Discount(
            "",
            target == 0 ? customerId : null,
            target == 1 ? item.SubscriptionId : null,
            target == 2 ? item.SubscriptionItemId : null,
            reduction.Amount is null ? null : item.Currency,
            isRecurring,
            reduction.Percent,
            reduction.Amount,
            startsAt,
            endsAt,
            deletedAt);
}
