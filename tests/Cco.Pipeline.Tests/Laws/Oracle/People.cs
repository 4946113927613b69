using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>Decision "Acquisitions": duplicates are one customer for all time, what the acquired one has is the acquirer's from the month on.</summary>
internal sealed class People
{
    private readonly ReportingClock clock;
    private readonly Dictionary<string, CustomerMerge> merges;
    private readonly ILookup<string, Customer> records;

    public People(SmallCompany company, ReportingClock clock)
    {
        this.clock = clock;
        merges = company.Merges.ToDictionary(merge => merge.FromCustomerId, StringComparer.Ordinal);
        records = company.Customers.ToLookup(version => Own(version.CustomerId), StringComparer.Ordinal);
    }

    /// <summary>The customer an id stands for, before acquisitions.</summary>
    public string Own(string id)
    {
        while (merges.TryGetValue(id, out var merge) && merge.MergeKind == "duplicate")
        {
            id = merge.IntoCustomerId;
        }

        return id;
    }

    /// <summary>The customer that has in a month what was a customer's own.</summary>
    public string Holder(string own, int month)
    {
        while (merges.TryGetValue(own, out var merge)
            && clock.Local(merge.MergedAt) is { } at
            && at < clock.AsOf
            && clock.MonthOf(at) <= month)
        {
            own = Own(merge.IntoCustomerId);
        }

        return own;
    }

    public bool IsTest(string own) => records[own].Any(version => version.IsTest);

    /// <summary>When the last of its records was deleted; null while one is not.</summary>
    public DateTime? DeletedAt(string own)
    {
        var ends = records[own].GroupBy(version => version.CustomerId, StringComparer.Ordinal).Select(versions => versions.Min(version => version.DeletedAt)).ToList();
        return ends.Count > 0 && ends.All(end => end is not null) ? clock.Local(ends.Max()) : null;
    }

    public DateTime? BecameCustomerAt(string own) => clock.Local(records[own].Min(version => version.BecameCustomerAt));

    /// <summary>The region and segment when a month begins: what the record says that stands for the customer, else the first that says something.</summary>
    public (string Segment, string Region) Attributes(string own, int month)
    {
        var versions = records[own]
            .GroupBy(version => version.CustomerId, StringComparer.Ordinal)
            .OrderBy(record => record.Key != own).ThenBy(record => record.Key, StringComparer.Ordinal)
            .Select(record => record.OrderBy(version => version.ValidFrom).ToList())
            .Select(record => record.Last(version => version == record[0] || clock.Local(version.ValidFrom) <= clock.Start(month)))
            .ToList();
        return (First(versions.Select(version => version.Segment)), First(versions.Select(version => version.Region)));
    }

    private static string First(IEnumerable<string?> values) => values.FirstOrDefault(value => value is not null) ?? "unknown";
}
