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
