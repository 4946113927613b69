-- The parts of a piece of work that is done add up to its amounts, but that of test customers and what was deleted.
with

done_work as (
    select
        service_delivery.source || ':' || service_delivery.service_delivery_id
            as service_delivery_key,
        service_delivery.revenue_amount,
        service_delivery.subcontractor_cost_amount
        + service_delivery.travel_cost_amount
        + service_delivery.other_cost_amount as cost_amount
    from service_delivery
    left join int_customer_identity
        on service_delivery.source = int_customer_identity.source
        and service_delivery.customer_id = int_customer_identity.customer_id
    left join int_customer_folded
        on int_customer_identity.own_customer_key = int_customer_folded.customer_key
    where coalesce(service_delivery.end_date, service_delivery.start_date + 1)
        <= getvariable('as_of')
        and service_delivery.deleted_at is null
        and not coalesce(int_customer_folded.is_test, false)
),

part_sums as (
    select
        service_delivery_key,
        sum(revenue_amount_native) as revenue_amount,
        sum(
            subcontractor_cost_amount_native
            + travel_cost_amount_native
            + other_cost_amount_native
        ) as cost_amount
    from fct_service_delivery_month
    group by all
),

final as (
    select
        done_work.service_delivery_key,
        done_work.revenue_amount,
        cast(part_sums.revenue_amount as decimal(18, 4)) as revenue_amount_of_parts,
        cast(done_work.cost_amount as decimal(18, 4)) as cost_amount,
        cast(part_sums.cost_amount as decimal(18, 4)) as cost_amount_of_parts
    from done_work
    left join part_sums on done_work.service_delivery_key = part_sums.service_delivery_key
    where done_work.revenue_amount is distinct from part_sums.revenue_amount
        or done_work.cost_amount is distinct from part_sums.cost_amount
)

select * from final
