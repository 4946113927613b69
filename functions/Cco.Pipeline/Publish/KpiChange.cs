namespace Cco.Pipeline.Publish;

/// <summary>A number of <c>fct_kpi</c> that is not what it was.</summary>
/// <param name="Kpi">The KPI.</param>
/// <param name="PeriodType">What kind of period.</param>
/// <param name="PeriodStart">Its first day.</param>
/// <param name="SegmentDimension">What customers are told apart by; <c>all</c>: not at all.</param>
/// <param name="SegmentValue">The segment.</param>
/// <param name="Before">What it was; null: it was not there.</param>
/// <param name="After">What it is; null: it is there no more.</param>
public sealed record KpiChange(
    string Kpi, string PeriodType, DateOnly PeriodStart, string SegmentDimension, string SegmentValue, KpiFigure? Before, KpiFigure? After)
{
    /// <summary>By how much the value changed; null where it was or is none.</summary>
    public double? Change => After?.Value - Before?.Value;
}

/// <summary>A number of <c>fct_kpi</c>.</summary>
/// <param name="Numerator">What is divided, or counted.</param>
/// <param name="Denominator">What it is divided by; null: nothing.</param>
/// <param name="Value">The value; null where the denominator is 0.</param>
public sealed record KpiFigure(decimal? Numerator, decimal? Denominator, double? Value);

/// <summary>A customer whose part of a KPI is not what it was.</summary>
/// <param name="CustomerKey">The customer; null: records of no customer.</param>
/// <param name="NumeratorBefore">Its part of the numerator before.</param>
/// <param name="NumeratorAfter">Its part of the numerator now.</param>
/// <param name="DenominatorBefore">Its part of the denominator before; null: the KPI has none, or it had no part.</param>
/// <param name="DenominatorAfter">Its part of the denominator now; null: the KPI has none, or it has no part.</param>
public sealed record CustomerChange(
    string? CustomerKey, decimal NumeratorBefore, decimal NumeratorAfter, decimal? DenominatorBefore, decimal? DenominatorAfter);
