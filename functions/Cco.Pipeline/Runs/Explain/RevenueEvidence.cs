namespace Cco.Pipeline.Runs;

/// <summary>What recurring revenue is made of: month ends, movements, items.</summary>
internal static class RevenueEvidence
{
    /// <summary>The subscription items, invoice lines and discounts of the items of the period.</summary>
    public static readonly string[] Records =
    [
        Evidence.Records(
            "subscription_item",
            "subscription_item_id",
            $"'subscription_item:' || source || ':' || subscription_item_id in (select item_key from ({Runs}))"),
        Evidence.Records(
            "invoice_line",
            "invoice_line_id",
            """
            (source, invoice_line_id) in (
                select (source, invoice_line_id)
                from int_invoice_line_segment
                inner join question on int_invoice_line_segment.customer_key = question.customer_key
                where month_from <= closing_month
                    and month_to >= question.start_month
                    and exclusion_reason is null
            )
            """),
        Evidence.Records(
            "discount",
            "discount_id",
            """
            source || ':' || discount_id in (
                select discount_key
                from int_item_discount
                inner join question on int_item_discount.customer_key = question.customer_key
                where month_from <= closing_month and month_to >= start_month
            )
            """),
    ];

    /// <summary>What a customer pays when the period ends.</summary>
    public static Evidence MonthEnd { get; } = new(
        "MRR when the period ended",
        """
        select
            month_start,
            native_currency,
            item_count,
            mrr_amount_native,
            mrr_amount,
            committed_mrr_amount,
            case kpi
                when 'arr' then 12 * mrr_amount
                when 'committed_mrr' then committed_mrr_amount
                when 'paying_customer_count' then null
                else mrr_amount
            end as numerator
        from fct_customer_month
        inner join question
            on fct_customer_month.customer_key = question.customer_key
            and fct_customer_month.month_start = question.closing_month_start
        order by native_currency
        """,
        "select case when kpi <> 'paying_customer_count' then sum(numerator) end as numerator from part group by kpi");

    /// <summary>What a customer paid when the period began.</summary>
    public static Evidence Opening { get; } = new(
        "MRR when the period began",
        $"""
        select
            month_start,
            native_currency,
            opening_mrr_amount_native,
            opening_mrr_amount as denominator
        from fct_customer_month
        inner join question
            on fct_customer_month.customer_key = question.customer_key
            and fct_customer_month.month_start = question.period_start
        where kpi = 'expansion_rate' and {Evidence.Segments} in (select {Evidence.Segments} from part)
        order by native_currency
        """,
        "select sum(denominator) as denominator from part");

    /// <summary>How the MRR of the period's beginning became that of its end, as far as it counts in the segment.</summary>
    public static Evidence Movements { get; } = new("Movements of the period", MovementRows(Evidence.InSegment), MovementSums("segment_dimension = 'all'"));

    /// <summary>The same, wherever it counts: of what the customer has at an end of the period, the segment is that of then.</summary>
    public static Evidence MovementsOfCustomer { get; } = new("Movements of the period", MovementRows("true"), MovementSums("true")) { IsOfWholeCustomer = true };

    /// <summary>The two ends of a period of retention.</summary>
    public static Evidence Retention { get; } = new(
        "MRR when the period began and when it ended, at the exchange rates of its beginning",
        """
        select
            int_customer_retention.plan_name,
            int_customer_retention.opening_mrr_amount,
            int_customer_retention.closing_mrr_amount,
            least(
                int_customer_retention.opening_mrr_amount, int_customer_retention.closing_mrr_amount
            ) as retained_mrr_amount
        from int_customer_retention
        inner join question
            on int_customer_retention.customer_key = question.customer_key
            and int_customer_retention.period_type = question.period_type
            and int_customer_retention.period_start = question.period_start
        """);

    /// <summary>The items of the period, and those that do not count, with the reason.</summary>
    public static IReadOnlyList<Evidence> Items { get; } =
    [
        new(
            "Items that counted within the period, and what they made when it began and ended",
            $"""
            select
                item_key,
                product_family,
                plan_name,
                month_day(runs.month_from) as month_from,
                case when runs.month_to <= last_month() then month_day(runs.month_to) end as month_to,
                held_as,
                runs.native_currency,
                mrr_amount_native,
                case
                    when opens
                    then in_reporting_currency(
                        mrr_amount_native,
                        runs.native_currency,
                        case when is_retention then start_rates.constant_rate else start_rates.opening_rate end,
                        start_rates.rate_date
                    )
                end as opening_mrr_amount,
                case
                    when closes
                    then in_reporting_currency(
                        mrr_amount_native,
                        runs.native_currency,
                        case when is_retention then start_rates.constant_rate else closing_rates.rate end,
                        closing_rates.rate_date
                    )
                end as closing_mrr_amount
            from ({Runs}) as runs
            left join int_currency_month as start_rates
                on runs.native_currency = start_rates.native_currency
                and runs.start_month = start_rates.measured_in_month
            left join int_currency_month as closing_rates
                on runs.native_currency = closing_rates.native_currency
                and runs.closing_month = closing_rates.measured_in_month
            order by item_key, runs.month_from, runs.native_currency
            """,
            """
            select
                coalesce(
                    sum(int_customer_retention.opening_mrr_amount),
                    sum(fct_customer_month.opening_mrr_amount) filter (fct_customer_month.month_start = question.period_start),
                    0
                ) as opening_mrr_amount,
                coalesce(
                    sum(int_customer_retention.closing_mrr_amount),
                    sum(fct_customer_month.mrr_amount) filter (fct_customer_month.month_start = question.closing_month_start),
                    0
                ) as closing_mrr_amount
            from question
            left join int_customer_retention
                on question.is_retention
                and question.customer_key = int_customer_retention.customer_key
                and question.period_type = int_customer_retention.period_type
                and question.period_start = int_customer_retention.period_start
            left join fct_customer_month
                on not question.is_retention
                and question.customer_key = fct_customer_month.customer_key
            """)
        {
            IsOfWholeCustomer = true,
        },
        new(
            "Items as they stand now, and why some do not count",
            """
            select
                revenue_item_key,
                product_key,
                plan_key,
                coalesce(exclusion_reason, 'counts') as status,
                native_currency,
                monthly_amount_native,
                mrr_amount_native
            from fct_revenue_item
            inner join question on fct_revenue_item.customer_key = question.customer_key
            order by revenue_item_key
            """)
        {
            IsOfWholeCustomer = true,
        },
        Evidence.RawRecords(Records),
    ];

    private static string MovementRows(string condition) =>
        $"""
        select
            month_start,
            native_currency,
            movement_type,
            movement_part,
            churn_reason,
            movement_amount_native,
            movement_amount,
            case
                when list_contains(movement_kpis(movement_type, movement_part), kpi)
                    and {Evidence.Segments} in (select {Evidence.Segments} from part)
                then movement_amount
            end as numerator
        from fct_mrr_movement
        inner join question
            on fct_mrr_movement.customer_key = question.customer_key
            and fct_mrr_movement.month_start >= question.period_start
            and fct_mrr_movement.month_start < question.period_end
        where {condition}
        order by month_start, native_currency, movement_type, movement_part
        """;

    /// <summary>All movements lead from the opening to the closing MRR.</summary>
    /// <param name="hasAll">Whether all are shown.</param>
    private static string MovementSums(string hasAll) =>
        $"""
        select
            case
                when any_value({hasAll})
                then coalesce(sum(mrr_amount) filter (month_start = closing_month_start), 0)
                    - coalesce(sum(opening_mrr_amount) filter (month_start = period_start), 0)
            end as movement_amount,
            (
                select sum(numerator)
                from part
                inner join dim_kpi on part.kpi = dim_kpi.kpi
                where dim_kpi.model_name in ('fct_mrr_movement', 'fct_expansion')
            ) as numerator
        from question
        left join fct_customer_month on question.customer_key = fct_customer_month.customer_key
        """;

    /// <summary>The runs of the customer's items that lie in the period or lead into it, and at which of its ends they count.</summary>
    private static string Runs =>
        """
        select
            int_recurring_item_run.*,
            start_month,
            closing_month,
            is_retention,
            held_as is null and not is_within_month and month_from < start_month and month_to >= start_month
                and case
                    when is_retention
                    then coalesce(merged_out_month > closing_month, true)
                        and (not is_before_merge or merged_in_month <= closing_month)
                    else not is_before_merge
                end as opens,
            held_as is null and not is_within_month and not is_before_merge
                and month_from <= closing_month and month_to > closing_month as closes
        from int_recurring_item_run
        inner join question on int_recurring_item_run.customer_key = question.customer_key
        where month_from <= closing_month and month_to >= start_month
        """;
}
