namespace Cco.Pipeline.Runs;

/// <summary>
/// A question whose answer shows what a customer's part of a KPI is made of. It is asked of two temporary tables, <c>question</c> (the KPI,
/// the period, the customer) and <c>part</c> (what the customer contributes), and of the results of the build.
/// </summary>
/// <param name="Title">What the answer shows.</param>
/// <param name="Sql">The select.</param>
/// <param name="AddsUpTo">A select of one row: what the columns of the same names add up to, null where they need not; null: nothing does.</param>
internal sealed record Evidence(string Title, string Sql, string? AddsUpTo = null)
{
    /// <summary>It shows all that the customer has, also what does not belong to the segment in question.</summary>
    public bool IsOfWholeCustomer { get; init; }

    /// <summary>The columns of a segment, as the rows of many marts and of <c>part</c> have them.</summary>
    public const string Segments = "(segment, region, industry, size_band, owner_employee_key)";

    /// <summary>Whether a row belongs to the segment in question; where it is the whole company, all do.</summary>
    public const string InSegment = $"(segment_dimension = 'all' or {Segments} in (select {Segments} from part))";

    /// <summary>What adds up to the customer's part.</summary>
    public const string Part = "select sum(numerator) as numerator, sum(denominator) as denominator from part";

    /// <summary>What there is to show for a KPI.</summary>
    /// <param name="model">The mart it comes from.</param>
    public static IReadOnlyList<Evidence> Of(string model) => model switch
    {
        "fct_customer_month" => [RevenueEvidence.MonthEnd, RevenueEvidence.MovementsOfCustomer, .. RevenueEvidence.Items],
        "fct_mrr_movement" => [RevenueEvidence.Movements, .. RevenueEvidence.Items],
        "fct_expansion" => [RevenueEvidence.Movements, RevenueEvidence.Opening, .. RevenueEvidence.Items],
        "fct_revenue_retention" => [RevenueEvidence.Retention, RevenueEvidence.MovementsOfCustomer, .. RevenueEvidence.Items],
        "fct_renewal_rate" => RenewalEvidence.All,
        "fct_services_margin" => MarginEvidence.All,
        "fct_customer_lifetime_value" => LifetimeEvidence.All,
        "fct_survey_score" => SurveyEvidence.All,
        _ => [],
    };

    /// <summary>The raw records of an entity: where each lies in the lake, and the dropped file it stood in.</summary>
    /// <param name="entity">The conformed entity.</param>
    /// <param name="id">The column of the record's id.</param>
    /// <param name="condition">Which records.</param>
    public static string Records(string entity, string id, string condition) =>
        $"""
        select
            '{entity}' as entity,
            {entity}.{id} as id,
            {entity}.origin."file" as "file",
            {entity}.origin.position as position,
            {entity}.origin.raw_file as raw_file,
            {entity}.origin.record_id as record_id
        from {entity}
        where {condition}
        """;

    /// <summary>The raw records behind a part.</summary>
    public static Evidence RawRecords(params IEnumerable<string> records) =>
        new("Raw records", $"select * from (\n{string.Join("\nunion all\n", records)}\n) order by entity, id, position, raw_file") { IsOfWholeCustomer = true };
}
