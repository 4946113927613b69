using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>One invoice line with a service period, asked what it is worth a month at any instant.</summary>
/// <remarks>
/// Decision "Revenue from invoice lines": amount without tax / months of the service period, for the months it covers. A period of whole months,
/// by the day of the month or from month end to month end, counts in months; else whole weeks count as weeks and all others as days, by the
/// factors of the intervals. A month is covered if its last instant is.
/// </remarks>
internal sealed class BilledLife(InvoiceLine line, Books books, People people, ReportingClock clock)
{
    public string Own { get; } = people.Own(line.CustomerId);

    public InvoiceLine Line => line;

    /// <summary>Lines of one product are one item.</summary>
    public string Item { get; } = $"billed:{line.ProductId ?? ProductOfPlan(line, books.Market) ?? line.PlanId ?? ""}";

    public DateTime From => Midnight(line.ServiceStartDate!.Value);

    /// <summary>The end of the service period, or when line or customer was deleted.</summary>
    public DateTime To => new[] { Midnight(line.ServiceEndDate!.Value), clock.Local(line.DeletedAt), people.DeletedAt(Own) }.OfType<DateTime>().Min();

    /// <summary>Decision "Which discounts count": what a line is less is lasting, as far as anybody knows.</summary>
    public decimal Net => Monthly(line.Amount + (books.Settings.DiscountPolicy == "none" ? line.DiscountAmount : 0));

    /// <summary>True if line or customer is deleted before the period is over.</summary>
    public bool IsCutShort => To < Midnight(line.ServiceEndDate!.Value);

    /// <summary>Why it never makes MRR; null where it may.</summary>
    public string? Reason =>
        people.IsTest(Own) ? "test_customer"
        : line.InvoiceStatus is "void" or "draft" ? line.InvoiceStatus
        : line.LineType is not ("recurring" or "discount") ? line.LineType
        : line.LineType == "discount" && books.Settings.DiscountPolicy == "none" ? "discount"
        : line.ServiceStartDate is null || line.ServiceEndDate <= line.ServiceStartDate ? "no_service_period"
        : line is { Amount: 0, DiscountAmount: 0 } ? "free"
        : line is { LineType: "recurring", Amount: < 0 } ? "credit"
        : null;

    private static string? ProductOfPlan(InvoiceLine line, Market market) => market.Plans.FirstOrDefault(plan => plan.PlanId == line.PlanId)?.ProductId;

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    private decimal Monthly(decimal amount)
    {
        var (start, end) = (line.ServiceStartDate!.Value, line.ServiceEndDate!.Value);
        var months = ((end.Year - start.Year) * 12) + end.Month - start.Month;
        var days = end.DayNumber - start.DayNumber;
        return months > 0 && (start.AddMonths(months) == end || (IsMonthEnd(start) && IsMonthEnd(end))) ? ExactMoney.Monthly(amount, "month", months)
            : days % 7 == 0 ? ExactMoney.Monthly(amount, "week", days / 7)
            : ExactMoney.Monthly(amount, "day", days);
    }

    private static bool IsMonthEnd(DateOnly day) => day.AddDays(1).Day == 1;
}
