using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Cco.Pipeline.Transform;

/// <summary>
/// The choices that change what a number means, or what stands beside it. Each is a variable that the SQL reads with <c>getvariable</c>, under the name in
/// snake case; each is recorded in the run's report and printed in the dictionary.
/// </summary>
public sealed class KpiOptions
{
    /// <summary>The variable that no number depends on.</summary>
    internal const string ShownNames = "employee_names";

    /// <summary>The ISO 4217 currency that amounts are converted to.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "ReportingCurrency is a three-letter code of ISO 4217, such as USD.")]
    public string ReportingCurrency { get; set; } = "USD";

    /// <summary>The IANA time zone whose days and months the KPIs use.</summary>
    [Required]
    public string ReportingTimeZone { get; set; } = "UTC";

    /// <summary>
    /// What a month is: one of the calendar (<c>months</c>), or weeks that stand for it, four or five in turn (<c>weeks_4_4_5</c>,
    /// <c>weeks_4_5_4</c>, <c>weeks_5_4_4</c>); quarters, years and twelve months are made of them.
    /// </summary>
    [AllowedValues(
        "months",
        "weeks_4_4_5",
        "weeks_4_5_4",
        "weeks_5_4_4",
        ErrorMessage = "FiscalCalendar is months, weeks_4_4_5, weeks_4_5_4 or weeks_5_4_4.")]
    public string FiscalCalendar { get; set; } = "months";

    /// <summary>The month the fiscal year begins with, 1 for January.</summary>
    [Range(1, 12)]
    public int FiscalYearFirstMonth { get; set; } = 1;

    /// <summary>The day that weeks begin with, and so a fiscal year of weeks.</summary>
    [EnumDataType(typeof(DayOfWeek), ErrorMessage = "FiscalYearFirstWeekday is a day of the week, such as Sunday.")]
    public DayOfWeek FiscalYearFirstWeekday { get; set; } = DayOfWeek.Sunday;

    /// <summary>
    /// Which of these days a year of weeks begins on: the one <c>nearest</c> to the first day of <see cref="FiscalYearFirstMonth"/>, or the
    /// <c>last</c> one until then, so that the year ends on the last such day of the month before.
    /// </summary>
    [AllowedValues("nearest", "last", ErrorMessage = "FiscalYearStart is nearest or last.")]
    public string FiscalYearStart { get; set; } = "nearest";

    /// <summary>Days that an unpaid subscription still counts after it became past due; then it is involuntary churn.</summary>
    [Range(0, 365)]
    public int DunningDays { get; set; } = 30;

    /// <summary>Days that a paused subscription may rest before it is churn.</summary>
    [Range(0, 3650)]
    public int PauseDays { get; set; } = 90;

    /// <summary>Days after a lapse within which paying again is a late renewal, not a reactivation; see <see cref="ReactivationPolicy"/>.</summary>
    [Range(0, 3650)]
    public int LateRenewalDays { get; set; } = 90;

    /// <summary>
    /// What a customer that pays again is, within <see cref="LateRenewalDays"/> and after: <c>late_renewal_then_reactivation</c>,
    /// <c>reactivation_then_new</c>, or <c>reactivation</c> whenever it comes back.
    /// </summary>
    [AllowedValues(
        "late_renewal_then_reactivation",
        "reactivation_then_new",
        "reactivation",
        ErrorMessage = "ReactivationPolicy is late_renewal_then_reactivation, reactivation_then_new or reactivation.")]
    public string ReactivationPolicy { get; set; } = "late_renewal_then_reactivation";

    /// <summary>Months that a customer counts as new in its stage, the one it came in included; likewise as reactivated after a lapse.</summary>
    [Range(1, 120)]
    public int NewCustomerMonths { get; set; } = 3;

    /// <summary>
    /// When what is cancelled stops counting: <c>period_end</c>, when the time that is paid for is over, or <c>at_cancellation</c>, when it was
    /// cancelled, which makes MRR what is committed and shows a cancellation that is withdrawn as churn and return.
    /// </summary>
    [AllowedValues("period_end", "at_cancellation", ErrorMessage = "CancelTiming is period_end or at_cancellation.")]
    public string CancelTiming { get; set; } = "period_end";

    /// <summary>
    /// Which recurring discounts MRR is less: <c>all</c> in force, <c>lasting</c> for those without an end alone, or <c>none</c>. Gross MRR, before
    /// any, is published whatever is set.
    /// </summary>
    [AllowedValues("all", "lasting", "none", ErrorMessage = "DiscountPolicy is all, lasting or none.")]
    public string DiscountPolicy { get; set; } = "all";

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

    /// <summary>
    /// Whether the marts show employees by name, and not by the id that their source has for them alone: names are personal data, and marts are read
    /// by many.
    /// </summary>
    public bool EmployeeNames { get; set; }

    /// <summary>The SQL literals of the variables by name, with the day the run states its numbers as of.</summary>
    /// <param name="asOf">The first day that is not covered, in the reporting time zone.</param>
    public IReadOnlyDictionary<string, string> Variables(DateOnly asOf) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["as_of"] = $"date '{asOf:yyyy-MM-dd}'",
        ["reporting_currency"] = Sql.Text(ReportingCurrency),
        ["reporting_time_zone"] = Sql.Text(ReportingTimeZone),
        ["fiscal_calendar"] = Sql.Text(FiscalCalendar),
        ["fiscal_year_first_month"] = $"{FiscalYearFirstMonth}::integer",
        ["fiscal_year_first_weekday"] = Sql.Text($"{FiscalYearFirstWeekday}"),
        ["fiscal_year_start"] = Sql.Text(FiscalYearStart),
        ["dunning_days"] = $"{DunningDays}::integer",
        ["pause_days"] = $"{PauseDays}::integer",
        ["late_renewal_days"] = $"{LateRenewalDays}::integer",
        ["reactivation_policy"] = Sql.Text(ReactivationPolicy),
        ["new_customer_months"] = $"{NewCustomerMonths}::integer",
        ["cancel_timing"] = Sql.Text(CancelTiming),
        ["discount_policy"] = Sql.Text(DiscountPolicy),
        ["customer_success_in_cost"] = CustomerSuccessInCost ? "true" : "false",
        ["gross_margin_rate"] = $"{GrossMarginRate?.ToString(CultureInfo.InvariantCulture) ?? "null"}::decimal(18, 4)",
        ["clv_horizon_months"] = $"{ClvHorizonMonths}::integer",
        ["clv_discount_rate"] = $"{ClvDiscountRate.ToString(CultureInfo.InvariantCulture)}::decimal(18, 4)",
        ["contribution_months"] = $"{ContributionMonths}::integer",
        [ShownNames] = EmployeeNames ? "true" : "false",
    };

    /// <summary>The day in the reporting time zone: the default of a run's <c>as_of</c>.</summary>
    /// <exception cref="TimeZoneNotFoundException">The reporting time zone is not known here.</exception>
    public DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(ReportingTimeZone)).DateTime);
}
