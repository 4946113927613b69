namespace Cco.Pipeline.Runs;

/// <summary>The mart of what each customer contributes to each KPI, by whose SQL any period is taken apart.</summary>
internal static class Contributions
{
    /// <summary>Its name.</summary>
    public const string Mart = "fct_kpi_contribution";

    /// <summary>Where its SQL is.</summary>
    public const string File = $"models/marts/{Mart}.sql";

    /// <summary>The columns that say which segments of <c>fct_kpi</c> a row counts in, as <c>contribution_segments</c> takes them.</summary>
    public const string Segments =
        "counted_by, segment, region, industry, size_band, owner_employee_key, acquisition_cohort, plan_name, survey_id, journey_step, channel";
}
