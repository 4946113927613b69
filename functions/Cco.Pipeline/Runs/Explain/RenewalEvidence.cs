namespace Cco.Pipeline.Runs;

/// <summary>What renewal rates are made of: contract terms.</summary>
internal static class RenewalEvidence
{
    /// <summary>The terms that were to end in the period, those that do not count among them.</summary>
    public static IReadOnlyList<Evidence> All { get; } =
    [
        new(
            "Contract terms that were to end in the period",
            $"""
            select
                source,
                contract_term_id,
                due_date,
                closed_date,
                coalesce(exclusion_reason, 'counts') as status,
                outcome,
                timing,
                expiring_amount,
                renewed_amount,
                case
                    when counts
                    then case kpi
                        when 'renewal_rate' then cast(is_renewed as bigint)
                        when 'renewal_rate_on_time' then cast(is_on_time as bigint)
                        when 'renewal_rate_late' then cast(is_late_renewal as bigint)
                        when 'renewal_rate_best_case' then cast(is_renewed or is_open as bigint)
                        when 'gross_renewal_rate' then case when has_amounts then retained_amount else 0 end
                        when 'net_renewal_rate' then case when has_amounts then renewed_amount else 0 end
                    end
                end as numerator,
                case
                    when counts
                    then case
                        when kpi not in ('gross_renewal_rate', 'net_renewal_rate') then 1
                        when has_amounts then expiring_amount
                        else 0
                    end
                end as denominator
            from ({Terms})
            order by due_date, source, contract_term_id
            """,
            Evidence.Part),
        Evidence.RawRecords(
            Evidence.Records("contract_term", "contract_term_id", $"(source, contract_term_id) in (select (source, contract_term_id) from ({Terms}))"))
        with { IsOfWholeCustomer = false },
    ];

    private static string Terms =>
        $"""
        select
            fct_renewal.*,
            kpi,
            is_due and {Evidence.Segments} in (select {Evidence.Segments} from part) as counts
        from fct_renewal
        inner join question
            on fct_renewal.customer_key = question.customer_key
            and fct_renewal.due_month_start >= question.period_start
            and fct_renewal.due_month_start < question.period_end
        where {Evidence.InSegment}
        """;
}
