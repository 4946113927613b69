namespace Cco.Pipeline.Runs;

/// <summary>The customers whose part of a number of the whole company differs between two runs.</summary>
/// <param name="Kpi">The KPI.</param>
/// <param name="Period">The period.</param>
/// <param name="Customers">Those with the largest difference first.</param>
public sealed record CustomerChanges(string Kpi, KpiPeriod Period, IReadOnlyList<CustomerChange> Customers);

/// <summary>A customer whose part of a KPI is not what it was.</summary>
/// <param name="CustomerKey">The customer; null: records of no customer.</param>
/// <param name="NumeratorBefore">Its part of the numerator before.</param>
/// <param name="NumeratorAfter">Its part of the numerator now.</param>
/// <param name="DenominatorBefore">Its part of the denominator before; null: the KPI has none, or it had no part.</param>
/// <param name="DenominatorAfter">Its part of the denominator now; null: the KPI has none, or it has no part.</param>
public sealed record CustomerChange(
    string? CustomerKey, decimal NumeratorBefore, decimal NumeratorAfter, decimal? DenominatorBefore, decimal? DenominatorAfter);
