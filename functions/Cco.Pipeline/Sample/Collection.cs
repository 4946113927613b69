namespace Cco.Pipeline.Sample;

/// <summary>How the collection of an invoice went.</summary>
/// <param name="FailedAt">When the first attempt failed; null: it did not.</param>
/// <param name="RecoveredAt">When a later one succeeded; null: none did.</param>
internal sealed record Settlement(DateTimeOffset? FailedAt, DateTimeOffset? RecoveredAt)
{
    /// <summary>Nothing went wrong.</summary>
    public static readonly Settlement Smooth = new(null, null);
}

/// <summary>Collects the invoices of one customer: payments, failures, refunds, credit notes.</summary>
internal sealed class Collection(Company company, CustomerLife life)
{
    private static readonly string[] Refusals = ["insufficient_funds", "expired_card", "do_not_honor"];
    private static readonly string[] CreditReasons = ["service_failure", "goodwill", "pricing_error", "duplicate"];
    private static readonly string[] StripeRefusals = ["card_declined", "expired_card", "processing_error"];
    private static readonly string[] StripeCreditReasons = ["duplicate", "fraudulent", "order_change", "product_unsatisfactory"];

    private readonly Prng prng = company.Numbers("collection", life.Profile.Index);
    private int payments;
    private int creditNotes;

    private string Method => life.Profile.IsManaged && life.Profile.Index % 3 != 0 ? "bank_transfer" : life.Profile.Index % 4 == 1 ? "direct_debit" : "card";

    private bool IsOnStripe => life.Profile.IsOnStripe;

    /// <summary>Collects, and writes the invoice with what has become of it by the end of the history.</summary>
    public Settlement Collect(Invoice invoice, bool canFail)
    {
        var settlement = Settle(invoice, canFail);
        invoice.Write(company);
        return settlement;
    }

    private Settlement Settle(Invoice invoice, bool canFail)
    {
        if (invoice.Total <= 0)
        {
            invoice.Status = "paid";
            return Settlement.Smooth;
        }

        if (Method == "bank_transfer")
        {
            Transfer(invoice);
            return Settlement.Smooth;
        }

        var at = invoice.Date.At(prng.Between(3 * 3600, 9 * 3600));
        var failure = 0.012 + (0.012 * life.Mood.Restlessness(life.MonthOf(invoice.Date)));
        if (!canFail || !prng.Chance(failure))
        {
            Pay(invoice, at, 0);
            return Settlement.Smooth;
        }

        Record(invoice, at, "payment", "failed", invoice.Total, invoice.Tax, null);
        return new Settlement(at, Retry(invoice, at));
    }

    /// <summary>Transfers come around the due day, a tenth of them weeks late; a few after an amount was waived.</summary>
    private void Transfer(Invoice invoice)
    {
        var late = prng.Chance(0.1) ? prng.Between(5, 40) : prng.Between(-12, 2);
        var at = invoice.Due.AddDays(late).At(prng.Between(7 * 3600, 16 * 3600));
        var waivedAt = invoice.Date.AddDays(3);
        var waived = prng.Chance(0.01) && waivedAt < company.Calendar.End ? Credit(invoice, 0.1m, waivedAt, "invoice", null) : 0;
        Pay(invoice, at, waived);
    }

    private DateTimeOffset? Retry(Invoice invoice, DateTimeOffset failedAt)
    {
        foreach (var (days, success) in (ReadOnlySpan<(int, double)>)[(3, 0.5), (7, 0.35), (14, 0.25)])
        {
            var at = failedAt.AddDays(days).AddMinutes(prng.Below(600));
            if (prng.Chance(success))
            {
                Pay(invoice, at, 0);
                return at;
            }

            Record(invoice, at, "payment", "failed", invoice.Total, invoice.Tax, null);
        }

        var givenUpAt = failedAt.AddDays(CustomerLife.DunningDays);
        (invoice.Status, invoice.UpdatedAt) = company.Calendar.Covers(givenUpAt) ? ("uncollectible", givenUpAt) : ("open", failedAt);
        return null;
    }

    private void Pay(Invoice invoice, DateTimeOffset at, decimal waived)
    {
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        var payment = Record(invoice, at, "payment", "succeeded", invoice.Total - waived, Math.Min(invoice.Tax, invoice.Total - waived), null);
        (invoice.Status, invoice.UpdatedAt) = ("paid", at);
        if (prng.Chance(0.008))
        {
            GiveBack(invoice, payment, at.AddDays(prng.Between(2, 25)).AddMinutes(prng.Below(300)));
        }
    }

    private void GiveBack(Invoice invoice, string payment, DateTimeOffset at)
    {
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        switch (prng.Weighted(60, 15, 10, 15))
        {
            case 0:
                Credit(invoice, prng.Chance(0.3) ? 1 : 0.5m, at.Day(), "refund", (payment, at));
                break;
            case 1:
                Record(invoice, at, "refund", "succeeded", Money.Round(invoice.Total * 0.2m, invoice.Currency), 0, payment);
                break;
            case 2 when Method == "card":
                Record(invoice, at, "chargeback", "succeeded", invoice.Total, invoice.Tax, payment);
                break;
            default:
                Credit(invoice, 0.1m, at.Day(), "outside", null);
                break;
        }
    }

    /// <summary>Credits a share of the first line, never more than the invoice, and refunds it if a payment is given. Returns the amount with tax.</summary>
    private decimal Credit(Invoice invoice, decimal share, DateOnly day, string settlement, (string Payment, DateTimeOffset At)? refund)
    {
        var line = invoice.Lines[0];
        var (amount, tax) = (Money.Round(line.Amount * share, invoice.Currency), Money.Round(line.Tax * share, invoice.Currency));
        if (amount <= 0 || amount + tax > invoice.Total)
        {
            return 0;
        }

        var refunded = refund is var (payment, at) ? Record(invoice, at, "refund", "succeeded", amount + tax, tax, payment) : null;
        company.Files.BillingOf(life.Profile).CreditNote.Row()
            .Text("credit_note_id", $"{(IsOnStripe ? "cn_" : "CN-")}{life.Profile.Number}-{++creditNotes}").Number("line_number", 1).Text("invoice_id", invoice.Id)
            .Text("invoice_line_id", invoice.LineId(1)).Text("customer_id", life.Profile.BillingId).Text("product_id", IsOnStripe ? null : line.Plan?.Product.Id)
            .Text("payment_id", refunded).Text("credit_note_status", "issued").Text("settlement", settlement)
            .Text("reason", prng.Pick(IsOnStripe ? StripeCreditReasons : CreditReasons)).Text("currency", invoice.Currency).Amount("amount", amount).Amount("tax_amount", tax)
            .Day("credit_note_date", day).Instant("updated_at", day.At(12 * 3600)).End();
        return amount + tax;
    }

    private string Record(Invoice invoice, DateTimeOffset at, string type, string status, decimal amount, decimal tax, string? refunded)
    {
        var id = $"{Prefix(type)}{life.Profile.Number}-{++payments:000}";
        if (company.Calendar.Covers(at))
        {
            var fee = type == "payment" && status == "succeeded" && Method == "card" ? Money.Round(amount * 0.029m, invoice.Currency) : 0;
            company.Files.BillingOf(life.Profile).Payment.Row()
                .Text("payment_id", id).Text("refunded_payment_id", refunded).Text("invoice_id", invoice.Id).Text("customer_id", life.Profile.BillingId)
                .Text("payment_type", type).Text("status", status).Text("payment_method", Method)
                .Text("failure_reason", status == "failed" ? prng.Pick(IsOnStripe ? StripeRefusals : Refusals) : null).Text("currency", invoice.Currency)
                .Amount("amount", amount).Amount("tax_amount", tax).Amount("fee_amount", fee).Instant("paid_at", at).Instant("updated_at", at).End();
        }

        return id;
    }

    private string Prefix(string type) => !IsOnStripe ? "PA-" : type switch { "payment" => "ch_", "refund" => "re_", _ => "du_" };
}
