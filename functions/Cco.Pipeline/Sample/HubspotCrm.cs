namespace Cco.Pipeline.Sample;

/// <summary>
/// The CRM as HubSpot tells it: ids are numbers, and where a company came from is one of HubSpot's words. What HubSpot has no field for is not written:
/// a company's e-mail address, region, size band, segment, language, clock and currency.
/// </summary>
internal static class HubspotCrm
{
    public static string CompanyIdOf(CustomerProfile customer) => $"{20_000_000_000L + customer.Index}";

    /// <summary>A company and the person who decides there.</summary>
    public static void Write(Company company, CustomerProfile customer, string? domain)
    {
        company.Files.Hubspot.Customer.Row()
            .Text("customer_id", CompanyIdOf(customer)).Instant("valid_from", customer.CreatedAt).Text("owner_employee_id", OwnerIdOf(Staff.SellerOf(customer)))
            .Text("name", customer.Name).Text("domain", domain).Text("lifecycle_stage", "prospect").Text("industry", customer.Industry)
            .Text("country", customer.Place.Country).Text("acquisition_channel", OriginOf(customer)).Number("employee_count", customer.Employees)
            .Instant("created_at", customer.CreatedAt).Instant("updated_at", customer.CreatedAt).End();
        company.Files.Hubspot.Contact.Row()
            .Text("contact_id", $"{30_000_000_000L + customer.Index}").Text("customer_id", CompanyIdOf(customer)).Text("name", Names.Person(company.Numbers("name", customer.Index)))
            .Text("email", customer.IsConsumer || domain is not null ? customer.Email : $"office@{customer.Domain}").Text("role", "decision_maker").Text("language", customer.Place.Language)
            .Instant("created_at", customer.CreatedAt).Instant("updated_at", customer.CreatedAt).End();
    }

    /// <summary>A deal.</summary>
    public static void Write(Company company, Opportunity opportunity)
    {
        var customer = opportunity.Customer;
        company.Files.Hubspot.Opportunity.Row()
            .Text("opportunity_id", $"{40_000_000_000L + customer.Index}").Text("customer_id", CompanyIdOf(customer))
            .Text("owner_employee_id", OwnerIdOf(Staff.SellerOf(customer))).Text("name", $"{customer.Name}: first purchase")
            .Text("opportunity_type", opportunity.Type).Text("stage", opportunity.Stage).Text("status", opportunity.Status)
            .Text("forecast_category", opportunity.Category).Text("lead_source", OriginOf(customer)).Text("loss_reason", opportunity.LossReason)
            .Text("currency", customer.Currency).Amount("amount", opportunity.Amount).Amount("arr_amount", opportunity.Arr)
            .Amount("probability", opportunity.Probability).Instant("created_at", opportunity.CreatedAt).Day("expected_close_date", opportunity.Expected)
            .Instant("closed_at", opportunity.ClosedAt).Instant("updated_at", opportunity.ClosedAt ?? opportunity.CreatedAt).End();
    }

    /// <summary>A seller, who owns companies and deals.</summary>
    public static void WriteOwner(Company company, string employeeId, string team)
    {
        var name = Staff.NameOf(company, employeeId);
        company.Files.Hubspot.Employee.Row()
            .Text("employee_id", OwnerIdOf(employeeId)).Text("name", name).Text("email", Staff.EmailOf(name, employeeId)).Text("team", team)
            .Flag("is_active", true).Instant("updated_at", company.Calendar.Start.At(0)).End();
    }

    /// <summary>An owner's number is that of its place on the staff.</summary>
    private static string OwnerIdOf(string employeeId) => $"{60_000_000L + long.Parse(employeeId[2..])}";

    private static string OriginOf(CustomerProfile customer) => customer.Channel switch { "inbound" => "organic_search", "referral" => "referrals", _ => "offline" };
}
