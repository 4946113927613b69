namespace Cco.Pipeline.Runs;

/// <summary>Which number is to be explained.</summary>
/// <param name="Kpi">The KPI, such as <c>net_revenue_retention</c>.</param>
/// <param name="Period">2026-03, 2026-Q1 or FY2026 of the fiscal year, or 2026-03/12 for the twelve months that end with a month.</param>
/// <param name="Segment">A segment such as <c>region=EMEA</c>; null: the whole company.</param>
/// <param name="Customer">A customer's key or name, or <see cref="NoCustomer"/>; null: all of them.</param>
/// <param name="Top">The customers shown one by one, the largest first.</param>
public sealed record KpiQuestion(string Kpi, string Period, string? Segment, string? Customer, int Top)
{
    /// <summary>Stands for what comes from no customer that is known.</summary>
    public const string NoCustomer = "none";
}
