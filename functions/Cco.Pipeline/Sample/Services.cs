namespace Cco.Pipeline.Sample;

/// <summary>Work done for customers: paid projects month by month, and what customer success and support cost.</summary>
internal static class Services
{
    public static void Write(Company company, CustomerLife life)
    {
        if (life.FirstPaid is not { } first || !life.Profile.IsManaged)
        {
            return;
        }

        var prng = company.Numbers("services", life.Profile.Index);
        if (prng.Chance(0.4))
        {
            Project(company, life, prng, first + prng.Below(6));
        }

        for (var month = first + 2; month < life.MonthCount; month += 3)
        {
            if (life.PhaseIn(month) == Phase.Paying)
            {
                var day = life.DayOf(month);
                Work(company, life, $"SD-{life.Profile.Number}-S{month}", (null, null, "customer_success"), (day, day.AddDays(1)), (prng.Between(2, 12), 0, 0, 0));
            }
        }
    }

    /// <summary>The cost of running the product, for no single customer.</summary>
    public static void WriteHosting(Company company)
    {
        for (var month = company.Calendar.Start; month < company.Calendar.End; month = month.AddMonths(1))
        {
            Row(company, $"SD-HOSTING-{month:yyyy-MM}", null, (null, Product.Core.Id, "subscription"), (month, month.AddMonths(1)), "USD")
                .Flag("is_billable", false).Amount("hours", null).Amount("revenue_amount", 0).Amount("labor_cost_amount", 0).Amount("subcontractor_cost_amount", 0)
                .Amount("travel_cost_amount", 0).Amount("other_cost_amount", company.Options.Customers * 14).Instant("updated_at", month.At(0)).End();
        }
    }

    private static void Project(Company company, CustomerLife life, Prng prng, int first)
    {
        var type = prng.Pick(["professional_services", "training", "managed_services"]);
        var hours = prng.Between(12, 60) * (life.Profile.Segment == "enterprise" ? 2 : 1);
        var rate = Money.Local(prng.Between(110, 190), life.Profile.Currency);
        for (var month = first; month < first + prng.Between(2, 5) && month < life.MonthCount && life.PhaseIn(month) == Phase.Paying; month++)
        {
            var worked = hours * (decimal)prng.Between(7, 14) / 10;
            var subcontracted = prng.Chance(0.2) ? Money.Round(hours * rate * 0.3m, life.Profile.Currency) : 0;
            var travel = prng.Chance(0.3) ? Money.Local(prng.Between(200, 1500), life.Profile.Currency) : 0;
            Work(company, life, $"SD-{life.Profile.Number}-P{month}", ($"PR-{life.Profile.Number}", Product.Consulting.Id, type),
                (life.DayOf(month), Earlier(life.DayOf(month + 1), company.Calendar.End)),
                (worked, Money.Round(hours * rate, life.Profile.Currency), subcontracted, travel));
        }
    }

    /// <summary>Where the customer pays in dollars the cost of labour is left to hours and the employee's rate.</summary>
    private static void Work(
        Company company, CustomerLife life, string id, (string? Project, string? Product, string Type) what, (DateOnly From, DateOnly To) when,
        (decimal Hours, decimal Revenue, decimal Subcontractor, decimal Travel) amounts)
    {
        var currency = life.Profile.Currency;
        var labor = currency == "USD" ? (decimal?)null : Money.Local(amounts.Hours * 60, currency);
        Row(company, id, life.Profile, what, when, currency)
            .Flag("is_billable", amounts.Revenue > 0).Amount("hours", amounts.Hours).Amount("revenue_amount", amounts.Revenue).Amount("labor_cost_amount", labor)
            .Amount("subcontractor_cost_amount", amounts.Subcontractor).Amount("travel_cost_amount", amounts.Travel).Amount("other_cost_amount", 0)
            .Instant("updated_at", when.From.At(18 * 3600)).End();
    }

    private static CsvRow Row(
        Company company, string id, CustomerProfile? profile,
        (string? Project, string? Product, string Type) what, (DateOnly From, DateOnly To) when, string currency) =>
        company.Files.ServiceDelivery.Row()
            .Text("service_delivery_id", id).Text("customer_id", profile?.Id).Text("project_id", what.Project)
            .Text("employee_id", profile is null ? null : company.Staff.OwnerOf(profile, when.From)).Text("product_id", what.Product)
            .Text("work_type", what.Type).Text("currency", currency).Day("start_date", when.From).Day("end_date", when.To);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
