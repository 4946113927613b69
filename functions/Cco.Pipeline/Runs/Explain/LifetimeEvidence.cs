namespace Cco.Pipeline.Runs;

/// <summary>What lifetime values are made of: money that moved and work that was done, or the margin and the churn of the segment.</summary>
internal static class LifetimeEvidence
{
    private const string Identities =
        """
        select (source, customer_id)
        from int_customer_identity
        inner join question
            on int_customer_identity.own_customer_key = question.customer_key
            or int_customer_identity.customer_key = question.customer_key
        """;

    /// <summary>The value and where it comes from.</summary>
    public static IReadOnlyList<Evidence> All { get; } =
    [
        new(
            "The value of the customer",
            """
            select
                collected_amount,
                refunded_amount,
                cost_to_serve_amount,
                mrr_amount,
                margin_amount,
                segment_opening_mrr_amount,
                segment_churned_mrr_amount,
                lifetime_months,
                prediction_method,
                alive_probability,
                expected_purchase_count,
                expected_purchase_amount,
                case kpi
                    when 'historic_lifetime_value' then historic_amount else predicted_amount
                end as numerator,
                1 as denominator
            from fct_customer_lifetime_value
            inner join question on fct_customer_lifetime_value.customer_key = question.customer_key
            """,
            Evidence.Part),
        new(
            "Money collected and given back by day, and work by month",
            """
            select
                day,
                collected_amount,
                refunded_amount,
                fee_amount + work_cost_amount as cost_to_serve_amount
            from (
                select
                    customer_key,
                    collected_on as day,
                    collected_amount,
                    refunded_amount,
                    fee_amount,
                    0 as work_cost_amount
                from int_customer_collection
                union all
                select
                    customer_key,
                    month_start,
                    0,
                    0,
                    0,
                    sum(cost_amount)
                from fct_service_delivery_month
                group by all
            ) as days
            inner join question on days.customer_key = question.customer_key
            where kpi = 'historic_lifetime_value'
            order by all
            """,
            """
            select
                case when kpi = 'historic_lifetime_value' then collected_amount end as collected_amount,
                case when kpi = 'historic_lifetime_value' then refunded_amount end as refunded_amount,
                case when kpi = 'historic_lifetime_value' then cost_to_serve_amount end as cost_to_serve_amount
            from fct_customer_lifetime_value
            inner join question on fct_customer_lifetime_value.customer_key = question.customer_key
            """),
        Evidence.RawRecords(
            Evidence.Records("payment", "payment_id", $"(source, customer_id) in ({Identities})"),
            Evidence.Records("credit_note", "credit_note_id", $"(source, customer_id) in ({Identities})"),
            Evidence.Records("service_delivery", "service_delivery_id", $"(source, customer_id) in ({Identities})"))
        with { IsOfWholeCustomer = false },
    ];
}
