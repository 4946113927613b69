namespace Cco.Pipeline.Sample;

/// <summary>Makes the invoices of one customer from what it has subscribed to.</summary>
internal sealed class Billing(Company company, CustomerLife life)
{
    private readonly Prng prng = company.Numbers("billing", life.Profile.Index);
    private int count;

    /// <summary>The invoice of a month's first day: what is due then, and the usage of the month before. Null: nothing to bill.</summary>
    public Invoice? Monthly(Subscription subscription, int month)
    {
        var invoice = New(subscription, life.DayOf(month));
        foreach (var item in subscription.Items.Where(item => item.IsLive && item.NextBill == month))
        {
            AddItem(invoice, item, month);
        }

        if (invoice.Lines.Count > 0 && prng.Chance(0.004))
        {
            var goodwill = Money.Round(invoice.Net * 0.05m, invoice.Currency);
            invoice.Lines.Add(new InvoiceLine(null, null, "credit", 1, -goodwill, 0, 0, life.Profile.IsOnStripe ? (invoice.Date, invoice.Date) : null));
        }

        return Taxed(invoice);
    }

    /// <summary>The rest of a paid period, billed when something was added within it.</summary>
    public Invoice? Proration(Subscription subscription, SubscriptionItem item, decimal added, DateOnly day)
    {
        var (plan, end) = (item.Now.Plan, life.DayOf(item.NextBill));
        var start = life.DayOf(item.NextBill - plan.Months);
        var share = (decimal)(end.DayNumber - day.DayNumber) / (end.DayNumber - start.DayNumber);
        var invoice = New(subscription, day);
        var amount = Money.Round(added * (item.Now.UnitAmount ?? 0) * Math.Clamp(share, 0, 1), invoice.Currency);
        if (amount <= 0)
        {
            return null;
        }

        invoice.Lines.Add(new InvoiceLine(item, plan, "proration", added, amount, 0, 0, (day, end)));
        return Taxed(invoice);
    }

    /// <summary>An invoice that was issued wrongly and withdrawn: the same lines under another number.</summary>
    public Invoice? Withdrawn(Invoice invoice)
    {
        if (!prng.Chance(0.003))
        {
            return null;
        }

        var copy = New(invoice.Subscription, invoice.Date);
        count++;
        copy.Lines.AddRange(invoice.Lines);
        copy.Status = "void";
        return copy;
    }

    private Invoice New(Subscription subscription, DateOnly day) =>
        new($"{life.Profile.Number}-{count + 1:000}", subscription, day, day.AddDays(life.Profile.IsManaged ? 30 : 14));

    private void AddItem(Invoice invoice, SubscriptionItem item, int month)
    {
        switch (item.Now.Plan.ChargeType)
        {
            case "recurring":
                AddRecurring(invoice, item, month);
                break;
            case "usage":
                item.NextBill = month + 1;
                AddUsage(invoice, item, month);
                break;
            default:
                item.NextBill = -1;
                invoice.Lines.Add(new InvoiceLine(item, item.Now.Plan, "one_off", 1, item.Now.UnitAmount ?? 0, 0, 0, null));
                break;
        }
    }

    private void AddRecurring(Invoice invoice, SubscriptionItem item, int month)
    {
        var plan = item.Now.Plan;
        var months = life.MonthsUntilBilledAgain(item, month);
        item.NextBill = month + months;
        var service = (life.DayOf(month), life.DayOf(month + months));
        var full = item.Now.Quantity * (item.Now.UnitAmount ?? 0);
        var (rated, fix) = invoice.Subscription.DiscountOn(item, full, service.Item1, true);
        var (gross, reduced) = (Part(full), Part(rated));
        invoice.Lines.Add(new InvoiceLine(item, plan, "recurring", item.Now.Quantity, gross - reduced, reduced, 0, service));
        if (fix > 0)
        {
            invoice.Lines.Add(new InvoiceLine(item, plan, "discount", 1, -Part(fix), 0, 0, service));
        }

        decimal Part(decimal amount) => Money.Round(amount * months / plan.Months, invoice.Currency);
    }

    private void AddUsage(Invoice invoice, SubscriptionItem item, int month)
    {
        var thousands = decimal.Truncate((decimal)(life.SeatsIn(month - 1) * (1.2 + life.Mood[month - 1]) * (0.5 + prng.Unit()) * 5));
        if (month > 0 && thousands > 0)
        {
            var amount = Money.Round(thousands * Money.Local(0.4m, invoice.Currency), invoice.Currency);
            invoice.Lines.Add(new InvoiceLine(item, item.Now.Plan, "usage", thousands, amount, 0, 0, (life.DayOf(month - 1), life.DayOf(month))));
        }
    }

    private Invoice? Taxed(Invoice invoice)
    {
        if (invoice.Lines.Count == 0 || invoice.Date >= company.Calendar.End)
        {
            return null;
        }

        count++;
        var place = life.Profile.Place;
        if (place.IsTaxOnItsOwnLine && !life.Profile.IsOnStripe)
        {
            invoice.Lines.Add(new InvoiceLine(null, null, "tax", 1, 0, 0, Money.Round(invoice.Net * place.TaxRate, invoice.Currency), null));
            return invoice;
        }

        for (var line = 0; line < invoice.Lines.Count; line++)
        {
            invoice.Lines[line] = invoice.Lines[line] with { Tax = Money.Round(invoice.Lines[line].Amount * place.TaxRate, invoice.Currency) };
        }

        return invoice;
    }
}
