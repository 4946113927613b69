-- Grain: one row per subscription item, customer that has it, and span of time in which nothing about it changes.
-- Scope: company
-- Decisions: "When an item is active", "Paused", "Past due", "When a cancellation counts", "Committed MRR",
-- "Acquisitions". Instants are on the clock of the reporting time zone. The spans of an item follow each other without a gap from 1900 to 9999; one that
-- does not count says why in exclusion_reason.
with

item_versions as (
    select
        *,
        row_number() over versions as version_number,
        lead(valid_from) over versions as next_valid_from,
        min(deleted_at) over (partition by source, subscription_item_id) as item_deleted_at,
        status in ('past_due', 'unpaid') or past_due_since is not null as is_behind,
        count(*) filter (
            status not in ('past_due', 'unpaid') and past_due_since is null
        ) over versions as behind_run,
        count(*) filter (status <> 'paused') over versions as paused_run
    from subscription_item
    window versions as (partition by source, subscription_item_id order by valid_from)
),

timed_versions as (
    select
        item_versions.source,
        item_versions.subscription_item_id,
        item_versions.subscription_id,
        item_versions.customer_id,
        item_versions.product_id,
        item_versions.plan_id,
        item_versions.status,
        item_versions.charge_type,
        item_versions.billing_interval,
        item_versions.currency,
        item_versions.churn_type,
        item_versions.cancel_reason,
        item_versions.is_behind,
        item_versions.billing_interval_count,
        item_versions.quantity,
        item_versions.unit_amount,
        case
            when item_versions.version_number = 1 then timestamp '1900-01-01'
            else local_time(item_versions.valid_from)
        end as version_from,
        coalesce(
            local_time(item_versions.next_valid_from), timestamp '9999-12-31'
        ) as version_to,
        local_time(item_versions.started_at) as started_at,
        case
            when item_versions.status = 'trialing' and item_versions.trial_ends_at is null
            then timestamp '9999-12-31'
            else local_time(item_versions.trial_ends_at)
        end as trial_ends_at,
        local_time(
            case
                when item_versions.is_behind
                then min(coalesce(item_versions.past_due_since, item_versions.valid_from)) filter (
                    item_versions.is_behind
                ) over (
                    partition by
                        item_versions.source,
                        item_versions.subscription_item_id,
                        item_versions.behind_run
                )
            end
        ) as behind_since,
        case
            when item_versions.status = 'unpaid'
                and item_versions.valid_from > timestamp '1900-01-01'
            then local_time(item_versions.valid_from)
        end as given_up_at,
        local_time(
            case
                when item_versions.status = 'paused'
                then min(coalesce(item_versions.paused_at, item_versions.valid_from)) filter (
                    item_versions.status = 'paused'
                ) over (
                    partition by
                        item_versions.source,
                        item_versions.subscription_item_id,
                        item_versions.paused_run
                )
                when item_versions.resumes_at > item_versions.paused_at
                    or item_versions.paused_at >= item_versions.valid_from
                then item_versions.paused_at
            end
        ) as paused_at,
        local_time(item_versions.resumes_at) as resumes_at,
        local_time(item_versions.canceled_at) as canceled_at,
        local_time(
            case
                when getvariable('cancel_timing') = 'at_cancellation'
                    and item_versions.canceled_at < item_versions.ends_at
                then item_versions.canceled_at
                when item_versions.ends_at is not null then item_versions.ends_at
                when item_versions.status = 'canceled'
                then coalesce(item_versions.canceled_at, item_versions.valid_from)
            end
        ) as ends_at,
        local_time(item_versions.item_deleted_at) as deleted_at
    from item_versions
),

-- What lies outside its version says nothing about it; a limit that is not reached does not cut.
bounded_versions as (
    select
        timed_versions.*,
        coalesce(
            least(
                timed_versions.behind_since + to_days(getvariable('dunning_days')),
                timed_versions.given_up_at
            ),
            timestamp '9999-12-31'
        ) as collection_ends_at,
        coalesce(
            case
                when timed_versions.resumes_at > timed_versions.paused_at
                then timed_versions.resumes_at
            end,
            timestamp '9999-12-31'
        ) as pause_ends_at,
        timed_versions.paused_at + to_days(getvariable('pause_days')) as pause_expires_at
    from timed_versions
),

customers as (
    select
        int_customer_identity.source,
        int_customer_identity.customer_id,
        int_customer_identity.own_customer_key,
        int_customer_folded.is_test,
        int_customer_folded.deleted_at
    from int_customer_identity
    left join int_customer_folded
        on int_customer_identity.own_customer_key = int_customer_folded.customer_key
),

-- The item of one version, with the instants that cut it.
cut_versions as (
    select
        bounded_versions.*,
        customers.own_customer_key,
        customers.is_test,
        customers.deleted_at as customer_deleted_at,
        coalesce(plan.is_free, false) as is_free_plan,
        coalesce(bounded_versions.product_id, plan.product_id) as sold_product_id,
        coalesce(plan.tier, bounded_versions.plan_id, '') as tier,
        coalesce(plan.name, bounded_versions.plan_id) as plan_name,
        list_sort(
            list_distinct(
                list_filter(
                    [
                        bounded_versions.version_from,
                        bounded_versions.started_at,
                        bounded_versions.trial_ends_at,
                        bounded_versions.behind_since,
                        bounded_versions.collection_ends_at,
                        bounded_versions.paused_at,
                        bounded_versions.pause_ends_at,
                        bounded_versions.pause_expires_at,
                        bounded_versions.canceled_at,
                        bounded_versions.ends_at,
                        bounded_versions.deleted_at,
                        customers.deleted_at
                    ],
                    lambda cut: cut >= bounded_versions.version_from
                    and cut < bounded_versions.version_to
                )
            )
        ) as cuts
    from bounded_versions
    left join customers
        on bounded_versions.source = customers.source
        and bounded_versions.customer_id = customers.customer_id
    left join plan
        on bounded_versions.source = plan.source and bounded_versions.plan_id = plan.plan_id
),

-- A version that lasts no longer than the hour that the clock repeats lasts no time on it.
spans as (
    select
        * exclude (cuts),
        unnest(cuts) as from_at,
        unnest(list_append(cuts[2:], version_to)) as to_at
    from cut_versions
    where version_from < version_to
),

judged_spans as (
    select
        *,
        case
            when is_test then 'test_customer'
            when charge_type <> 'recurring' then charge_type
            when status = 'incomplete' then 'incomplete'
            when is_free_plan or unit_amount = 0 then 'free'
            when quantity = 0 then 'no_quantity'
            when from_at < started_at then 'not_started'
            when from_at >= deleted_at then 'deleted'
            when from_at >= customer_deleted_at then 'customer_deleted'
            when from_at >= ends_at then 'ended'
            when from_at < trial_ends_at then 'trial'
            when from_at >= collection_ends_at then 'unpaid'
            when from_at >= paused_at and from_at < pause_ends_at
            then case when from_at >= pause_expires_at then 'pause_expired' else 'paused' end
        end as exclusion_reason,
        from_at >= behind_since as is_past_due,
        canceled_at <= from_at and ends_at is not null as is_set_to_end
    from spans
),

-- What ends an item: a span that does not count and is no pause.
ending_spans as (
    select
        *,
        case
            when exclusion_reason <> 'paused'
            then struct_pack(
                churn_type := case
                    when exclusion_reason = 'unpaid' then 'involuntary'
                    when churn_type is not null then churn_type
                    when exclusion_reason = 'ended'
                        and (is_behind or lag(is_past_due) over item_spans)
                    then 'involuntary'
                    else 'voluntary'
                end,
                reason := cancel_reason,
                ended_at := from_at
            )
        end as ending
    from judged_spans
    window item_spans as (partition by source, subscription_item_id order by from_at)
),

followed_spans as (
    select
        * exclude (ending),
        first_value(ending ignore nulls) over (
            partition by source, subscription_item_id
            order by from_at
            rows between 1 following and unbounded following
        ) as ending
    from ending_spans
),

held_spans as (
    select
        followed_spans.*,
        coalesce(
            int_customer_holder.customer_key, followed_spans.own_customer_key
        ) as customer_key,
        coalesce(int_customer_holder.is_before_merge, false) as is_before_merge,
        int_customer_holder.merged_in_month,
        int_customer_holder.merged_out_month,
        greatest(
            measured_month(followed_spans.from_at), coalesce(int_customer_holder.from_month, 0)
        ) as month_from,
        least(
            measured_month(followed_spans.to_at),
            coalesce(int_customer_holder.to_month, last_month() + 1)
        ) as month_to,
        measured_month(followed_spans.from_at) = measured_month(followed_spans.to_at)
        and measured_month(followed_spans.from_at) between coalesce(
            int_customer_holder.from_month, 0
        ) and coalesce(int_customer_holder.to_month - 1, last_month()) as is_within_month
    from followed_spans
    left join int_customer_holder
        on followed_spans.own_customer_key = int_customer_holder.own_customer_key
),

final as (
    select
        held_spans.customer_key,
        'subscription_item:' || held_spans.source || ':'
        || held_spans.subscription_item_id as item_key,
        held_spans.from_at,
        held_spans.own_customer_key,
        held_spans.source,
        held_spans.subscription_item_id,
        held_spans.subscription_id,
        held_spans.customer_id,
        held_spans.sold_product_id as product_id,
        held_spans.plan_id,
        held_spans.plan_name,
        held_spans.currency as native_currency,
        coalesce(
            product.product_family, held_spans.source || ':' || held_spans.sold_product_id, ''
        ) as product_family,
        concat_ws('|', held_spans.source, held_spans.sold_product_id, held_spans.tier) as tier_key,
        held_spans.billing_interval,
        held_spans.exclusion_reason,
        coalesce(held_spans.ending.churn_type, 'voluntary') as end_churn_type,
        held_spans.ending.reason as end_reason,
        held_spans.is_before_merge,
        held_spans.is_within_month,
        coalesce(held_spans.is_past_due, false) as is_past_due,
        coalesce(held_spans.is_set_to_end, false) as is_set_to_end,
        held_spans.billing_interval_count,
        held_spans.month_from,
        held_spans.month_to,
        held_spans.merged_in_month,
        held_spans.merged_out_month,
        held_spans.quantity,
        held_spans.unit_amount,
        case
            when held_spans.charge_type = 'recurring'
            then monthly_amount(
                held_spans.unit_amount,
                held_spans.quantity,
                0,
                0,
                held_spans.billing_interval,
                held_spans.billing_interval_count
            )
        end as gross_mrr_amount_native,
        held_spans.to_at,
        held_spans.ending.ended_at as ended_at
    from held_spans
    left join product
        on held_spans.source = product.source
        and held_spans.sold_product_id = product.product_id
    where held_spans.month_from < held_spans.month_to or held_spans.is_within_month
)

select * from final
