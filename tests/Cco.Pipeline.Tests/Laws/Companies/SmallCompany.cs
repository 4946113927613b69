namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>A few customers over a few months, with all that happened to them. Ids of two companies are never the same.</summary>
internal sealed record SmallCompany(
    int Number,
    IReadOnlyList<Customer> Customers,
    IReadOnlyList<CustomerMerge> Merges,
    IReadOnlyList<SubscriptionItem> Items,
    IReadOnlyList<Discount> Discounts,
    IReadOnlyList<InvoiceLine> Lines);
