using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Random companies: few customers over 6 to 30 months, and every odd thing that customers and billing systems do.</summary>
internal sealed class SmallCompanies(int number, DateOnly asOf, CompanyTraits traits)
{
    private static readonly Gen<string?> Segments = Gen.OneOf("small", "large", null);

    public Gen<SmallCompany> Any =>
        from months in Gen.Int[6, 30]
        let instants = new Instants(asOf, months)
        from customerCount in Gen.Int[1, 5]
        let ids = Enumerable.Range(1, customerCount).Select(index => $"c{number}_{index}").ToArray()
        from merges in Draws.Each(traits == CompanyTraits.ConstantPrices ? [] : ids.Skip(1), id => Merge(id, ids[..Array.IndexOf(ids, id)], instants))
        let merged = merges.SelectMany(own => own).SelectMany(merge => new[] { merge.FromCustomerId, merge.IntoCustomerId }).ToHashSet(StringComparer.Ordinal)
        from customers in Draws.Each(ids, id => Versions(id, merged.Contains(id), instants))
        from sold in Draws.Each(ids, id => new SoldItems(id, instants, traits).Any)
        from discounts in Draws.Each(ids, id => new Discounts(id, instants, traits).On([.. sold.SelectMany(items => items).Where(item => item.CustomerId == id)]))
        from lines in Draws.Each(ids, id => new BilledLines(id, instants, traits).Beside([.. sold.SelectMany(items => items).Where(item => item.CustomerId == id)]))
        select new SmallCompany(
            number,
            [.. customers.SelectMany(versions => versions)],
            [.. merges.SelectMany(own => own)],
            [.. sold.SelectMany(items => items)],
            [.. discounts.SelectMany(granted => granted)],
            [.. lines.SelectMany(billed => billed)]);

    /// <summary>Into one of the customers before it, so that nobody is merged into itself in the end.</summary>
    private static Gen<CustomerMerge[]> Merge(string id, string[] earlier, Instants instants) =>
        from kind in Gen.Frequency((6, (string?)null), (1, "duplicate"), (2, "acquisition"))
        from remaining in Gen.OneOf(earlier)
        from at in instants.Any
        from isDated in Gen.Bool
        select kind is null ? Array.Empty<CustomerMerge>() : [new CustomerMerge(id, remaining, kind, kind == "acquisition" || isDated ? at : null)];

    private Gen<Customer[]> Versions(string id, bool isMerged, Instants instants) =>
        from isListed in Gen.Frequency((9, true), (1, false))
        from isTest in Gen.Frequency((19, false), (1, true))
        from became in instants.Any.Nullable(0.8)
        from deleted in instants.Any.Nullable(0.9)
        from changes in instants.Any.Array[0, 2]
        from segments in Segments.Array[changes.Length + 1]
        select isListed
            ? changes.Distinct().Prepend(SubscriptionItem.Always).Zip(segments, (validFrom, segment) => new Customer(
                id, validFrom, segment, $"company {number}", isTest && !isMerged, became, deleted)).ToArray()
            : [];
}
