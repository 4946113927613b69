using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Cco.Pipeline.Transform;

/// <summary>
/// The choices that change what a number means. Each is a variable that the SQL reads with <c>getvariable</c>, under the name in
/// snake case; each is recorded in the run's report and printed in the dictionary.
/// </summary>
public sealed class KpiOptions
{
    /// <summary>The ISO 4217 currency that amounts are converted to.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "ReportingCurrency is a three-letter code of ISO 4217, such as USD.")]
    public string ReportingCurrency { get; set; } = "USD";

    /// <summary>The IANA time zone whose days and months the KPIs use.</summary>
    [Required]
    public string ReportingTimeZone { get; set; } = "UTC";

    /// <summary>The month the fiscal year begins with, 1 for January.</summary>
    [Range(1, 12)]
    public int FiscalYearFirstMonth { get; set; } = 1;

    /// <summary>Days that an unpaid subscription still counts after it became past due; then it is involuntary churn.</summary>
    [Range(0, 365)]
    public int DunningDays { get; set; } = 30;

    /// <summary>Days that a paused subscription may rest before it is churn.</summary>
    [Range(0, 3650)]
    public int PauseDays { get; set; } = 90;

    /// <summary>Days after a lapse within which paying again is a late renewal, not a reactivation.</summary>
    [Range(0, 3650)]
    public int LateRenewalDays { get; set; } = 90;

    /// <summary>Whether the work of customer success is a cost of services: it lowers their margin. It is published by itself either way.</summary>
    public bool CustomerSuccessInCost { get; set; }

    /// <summary>
    /// Share of revenue left after the cost of providing it, 0.8 for 80 %, for products that do not state their own. Null: there, no value is predicted.
    /// </summary>
    [Range(-10.0, 1.0)]
    public decimal? GrossMarginRate { get; set; }

    /// <summary>Months ahead that predicted lifetime value looks at most: a customer is never taken to stay longer.</summary>
    [Range(1, 1200)]
    public int ClvHorizonMonths { get; set; } = 60;

    /// <summary>Yearly rate that predicted lifetime value is discounted by, 0.1 for 10 %; 0: not discounted.</summary>
    [Range(0.0, 1.0)]
    public decimal ClvDiscountRate { get; set; }

    /// <summary>
    /// Months back from the last one within which a period ends whose KPIs are published with what each customer contributes. More of them
    /// make a larger table; <c>cco explain</c> knows every period anyway.
    /// </summary>
    [Range(1, 120)]
    public int ContributionMonths { get; set; } = 3;

    /// <summary>The SQL literals of the variables by name, with the day the run states its numbers as of.</summary>
    /// <param name="asOf">The first day that is not covered, in the reporting time zone.</param>
    public IReadOnlyDictionary<string, string> Variables(DateOnly asOf) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["as_of"] = $"date '{asOf:yyyy-MM-dd}'",
        ["reporting_currency"] = Sql.Text(ReportingCurrency),
        ["reporting_time_zone"] = Sql.Text(ReportingTimeZone),
        ["fiscal_year_first_month"] = $"{FiscalYearFirstMonth}::integer",
        ["dunning_days"] = $"{DunningDays}::integer",
        ["pause_days"] = $"{PauseDays}::integer",
        ["late_renewal_days"] = $"{LateRenewalDays}::integer",
        ["customer_success_in_cost"] = CustomerSuccessInCost ? "true" : "false",
        ["gross_margin_rate"] = $"{GrossMarginRate?.ToString(CultureInfo.InvariantCulture) ?? "null"}::decimal(18, 4)",
        ["clv_horizon_months"] = $"{ClvHorizonMonths}::integer",
        ["clv_discount_rate"] = $"{ClvDiscountRate.ToString(CultureInfo.InvariantCulture)}::decimal(18, 4)",
        ["contribution_months"] = $"{ContributionMonths}::integer",
    };

    /// <summary>The day in the reporting time zone: the default of a run's <c>as_of</c>.</summary>
    /// <exception cref="TimeZoneNotFoundException">The reporting time zone is not known here.</exception>
    public DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(ReportingTimeZone)).DateTime);
}
