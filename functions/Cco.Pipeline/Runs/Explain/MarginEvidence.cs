namespace Cco.Pipeline.Runs;

/// <summary>What margins are made of: work, and months of recurring revenue.</summary>
internal static class MarginEvidence
{
    /// <summary>The work of the period, and what the customer paid in its months.</summary>
    public static IReadOnlyList<Evidence> All { get; } =
    [
        new(
            "Work of the period, and months of recurring revenue",
            $"""
            select
                month_start,
                service_delivery_key,
                work_type,
                margin_type,
                hours,
                revenue_amount,
                cost_amount,
                case
                    when margin_type = 'services' then revenue_amount - cost_amount
                    else -cost_amount
                end as numerator,
                case when margin_type = 'services' then revenue_amount else 0 end as denominator
            from ({Work})
            union all
            select
                month_start,
                null,
                'subscription',
                'subscription',
                null,
                sum(mrr_amount),
                0,
                sum(mrr_amount),
                sum(mrr_amount)
            from fct_customer_month
            inner join question
                on fct_customer_month.customer_key = question.customer_key
                and fct_customer_month.month_start >= question.period_start
                and fct_customer_month.month_start < question.period_end
            where kpi = 'subscription_gross_margin' and {Evidence.Segments} in (select {Evidence.Segments} from part)
            group by month_start
            having sum(mrr_amount) > 0
            order by all
            """,
            Evidence.Part),
        Evidence.RawRecords(
        [
            Evidence.Records(
                "service_delivery", "service_delivery_id", $"source || ':' || service_delivery_id in (select service_delivery_key from ({Work}))"),
            .. RevenueEvidence.Records.Select(records => $"select * from ({records}) where (select kpi from question) = 'subscription_gross_margin'"),
        ]),
    ];

    private static string Work =>
        $"""
        select
            fct_service_delivery_month.*,
            kpi
        from fct_service_delivery_month
        inner join question
            on fct_service_delivery_month.customer_key is not distinct from question.customer_key
            and fct_service_delivery_month.month_start >= question.period_start
            and fct_service_delivery_month.month_start < question.period_end
        where {Evidence.Segments} in (select {Evidence.Segments} from part)
            and case kpi
                when 'services_gross_margin'
                then margin_type = 'services'
                    or (margin_type = 'customer_success' and getvariable('customer_success_in_cost'))
                else margin_type = 'subscription'
            end
        """;
}
