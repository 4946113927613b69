namespace Cco.Pipeline.Sample;

/// <summary>Who is who: customers that turn out to be one, and customers that the CRM knows as well under ids of its own.</summary>
internal static class Identities
{
    /// <summary>Customers that are entered twice come at fixed places, so that the smallest companies have some.</summary>
    public static bool IsDuplicate(int index) => index % 125 == 60 || index % 250 == 61;

    public static bool IsAcquired(int index) => index % 125 == 100;

    public static bool IsTest(int index) => index % 250 == 33;

    /// <summary>The company's own files do not say which customer of Stripe it is.</summary>
    public static bool IsUnlinked(int index) => index % 20 == 12;

    public static void Write(Company company, CustomerLife life)
    {
        if (life.Profile.Entry == Entry.Prospect)
        {
            HubspotCrm.Write(company, life.Profile, life.Profile.Domain);
            return;
        }

        var deletedAt = Versions.Write(company, life);
        KnowToStripe(company, life.Profile, deletedAt);
        KnowToZendesk(company, life.Profile);
        Merge(company, life.Profile);
        Link(company, life.Profile);
    }

    /// <summary>Stripe keeps who pays with name and address; its id is in the company's own files, which is the link between the two. Some links were forgotten: there the e-mail address tells.</summary>
    private static void KnowToStripe(Company company, CustomerProfile profile, DateTimeOffset? deletedAt)
    {
        if (!profile.IsOnStripe)
        {
            return;
        }

        var createdAt = profile.StartedAt;
        Version(createdAt, null);
        if (deletedAt is not null)
        {
            Version(deletedAt.Value, deletedAt);
        }

        if (IsUnlinked(profile.Index))
        {
            return;
        }

        company.Files.CustomerLink.Row()
            .Text("source", "stripe").Text("customer_id", profile.BillingId).Text("linked_source", "file").Text("linked_customer_id", profile.Id)
            .Text("link_method", "stated").Amount("confidence", 1).Instant("linked_at", createdAt).Instant("updated_at", createdAt).Instant("deleted_at", null).End();

        void Version(DateTimeOffset from, DateTimeOffset? goneAt) => company.Files.StripeCustomer.Row()
            .Text("customer_id", profile.BillingId).Instant("valid_from", from).Text("name", profile.Name).Text("email", profile.Email)
            .Text("customer_type", "business").Flag("is_test", false).Text("country", profile.Place.Country).Text("language", profile.Place.Language).Text("currency", profile.Currency)
            .Instant("created_at", createdAt).Instant("updated_at", from).Instant("deleted_at", goneAt).End();
    }

    /// <summary>Zendesk keeps the company of who asks, but none of a person; the company's own files say which it is.</summary>
    private static void KnowToZendesk(Company company, CustomerProfile profile)
    {
        if (ZendeskDesk.OrganizationIdOf(profile) is not { } id)
        {
            return;
        }

        ZendeskDesk.WriteOrganization(company, profile, id);
        company.Files.CustomerLink.Row()
            .Text("source", "zendesk").Text("customer_id", id).Text("linked_source", "file").Text("linked_customer_id", profile.Id)
            .Text("link_method", "stated").Amount("confidence", 1).Instant("linked_at", profile.StartedAt).Instant("updated_at", profile.StartedAt).Instant("deleted_at", null).End();
    }

    private static void Merge(Company company, CustomerProfile profile)
    {
        if (!IsDuplicate(profile.Index) && !IsAcquired(profile.Index))
        {
            return;
        }

        var other = CustomerProfile.Of(company, profile.Index - 1);
        var mergedAt = (other.StartedAt > profile.StartedAt ? other.StartedAt : profile.StartedAt).AddDays(120);
        var isAcquired = IsAcquired(profile.Index) && company.Calendar.Covers(mergedAt);
        if (other.Entry != Entry.Prospect)
        {
            company.Files.CustomerMerge.Row()
                .Text("from_customer_id", profile.Id).Text("into_customer_id", other.Id).Text("merge_kind", isAcquired ? "acquisition" : "duplicate")
                .Instant("merged_at", company.Calendar.Known(mergedAt)).Instant("updated_at", company.Calendar.Known(mergedAt)).End();
        }
    }

    /// <summary>A third of the managed customers are in the CRM too: half of them linked, the others alike in their domain only.</summary>
    private static void Link(Company company, CustomerProfile profile)
    {
        var prng = company.Numbers("crm", profile.Index);
        if (!profile.IsManaged || !prng.Chance(0.35))
        {
            return;
        }

        var way = prng.Weighted(50, 45, 5);
        HubspotCrm.Write(company, profile, way == 0 ? null : profile.Domain);
        if (way != 1)
        {
            var linkedAt = profile.CreatedAt.AddDays(1);
            company.Files.CustomerLink.Row()
                .Text("source", "hubspot").Text("customer_id", HubspotCrm.CompanyIdOf(profile)).Text("linked_source", "file").Text("linked_customer_id", profile.Id)
                .Text("link_method", "crm_field").Amount("confidence", way == 0 ? 1 : 0.8m).Instant("linked_at", linkedAt)
                .Instant("updated_at", linkedAt).Instant("deleted_at", way == 2 ? linkedAt.AddDays(30) : null).End();
        }
    }
}
