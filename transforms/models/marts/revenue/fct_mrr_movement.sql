-- Grain: one row per customer, month, currency it is billed in, movement type and part.
-- Scope: customer
-- Decisions: "Movements", "New, late renewal, reactivation", "What a return is", "Parts of expansion and contraction",
-- "Paused", "Missing loads", "Acquisitions", "Exchange rates".
with

changes as (
    select * from int_recurring_item_change
),

within_month_runs as (
    select *
    from int_recurring_item_run
    where is_within_month and held_as is null and not is_before_merge and mrr_amount_native > 0
),

spells as (
    select * from int_customer_spell
),

customers as (
    select * from int_customer_folded
),

cohorts as (
    select * from int_customer_cohort
),

versions as (
    select * from int_customer_version
),

rates as (
    select * from int_currency_month
),

months as (
    select * from fct_customer_month
),

valued_changes as (
    select
        changes.*,
        in_reporting_currency(
            changes.before_mrr_amount_native,
            changes.native_currency,
            rates.opening_rate,
            rates.rate_date
        ) as before_mrr_amount,
        in_reporting_currency(
            changes.after_mrr_amount_native,
            changes.native_currency,
            rates.opening_rate,
            rates.rate_date
        ) as after_mrr_amount,
        cast(changes.before_mrr_amount_native > 0 as integer) as before_count,
        cast(changes.after_mrr_amount_native > 0 as integer) as after_count,
        rates.opening_rate,
        rates.rate_date
    from changes
    left join rates
        on changes.native_currency = rates.native_currency
        and changes.month_number = rates.measured_in_month
),

-- What the customer has before its own movements of the month: what was merged away is gone, what was merged in is there.
change_sums as (
    select
        customer_key,
        month_number,
        sum(case when is_merge_in then after_count else after_count - before_count end)
            as count_change,
        sum(
            case when is_merge_in then before_count when is_merge_out then -before_count else 0 end
        ) as merged_count,
        sum(case when is_merge_out then 0 else after_mrr_amount - before_mrr_amount end)
            as amount_change,
        coalesce(
            arg_max(end_churn_type, (ended_at, before_mrr_amount, item_key)) filter (
                is_before and not is_after and not is_merge_out
            ),
            'voluntary'
        ) as churn_type,
        arg_max(
            struct_pack(reason := end_reason), (ended_at, before_mrr_amount, item_key)
        ) filter (is_before and not is_after and not is_merge_out) as churn_reason,
        false as is_within_month
    from valued_changes
    group by all
    union all
    select
        customer_key,
        month_from,
        0,
        0,
        0,
        arg_max(end_churn_type, (to_at, mrr_amount_native, item_key)),
        arg_max(struct_pack(reason := end_reason), (to_at, mrr_amount_native, item_key)),
        true
    from within_month_runs
    group by all
),

customer_months as (
    select
        customer_key,
        month_number,
        sum(count_change) as count_change,
        sum(merged_count) as merged_count,
        sum(amount_change) as amount_change,
        arg_min(churn_type, is_within_month) as churn_type,
        arg_min(struct_pack(churn := churn_reason), is_within_month).churn.reason as churn_reason,
        bool_or(is_within_month) as has_within_month,
        sum(sum(count_change)) over (
            partition by customer_key order by month_number rows unbounded preceding
        ) as closing_count
    from change_sums
    group by customer_key, month_number
),

counted_months as (
    select
        *,
        closing_count - count_change + merged_count as opening_count
    from customer_months
),

first_spells as (
    select
        spells.customer_key,
        spells.began_month as month_number,
        arg_min(spells.began_at, spells.spell_number) as began_at,
        arg_min(struct_pack(at := spells.lapsed_at), spells.spell_number).at as lapsed_at
    from spells
    group by all
),

typed_months as (
    select
        counted_months.customer_key,
        counted_months.month_number,
        counted_months.churn_type,
        counted_months.churn_reason,
        case
            when counted_months.opening_count > 0 and counted_months.closing_count > 0
            then case when counted_months.amount_change < 0 then 'contraction' else 'expansion' end
            when counted_months.opening_count > 0 then 'churn'
            when counted_months.closing_count > 0 then 'entry'
            when counted_months.amount_change < 0 then 'contraction'
            else 'expansion'
        end as month_type,
        counted_months.has_within_month
        and counted_months.opening_count = 0
        and counted_months.closing_count = 0 as is_short_stay,
        case
            when first_spells.lapsed_at is null
            then case
                when month_number(customers.became_customer_at) < counted_months.month_number
                then 'reactivation'
                else 'new'
            end
            when getvariable('reactivation_policy') = 'reactivation' then 'reactivation'
            when cast(first_spells.began_at as date) - cast(first_spells.lapsed_at as date)
                <= getvariable('late_renewal_days')
            then case
                when getvariable('reactivation_policy') = 'reactivation_then_new'
                then 'reactivation'
                else 'late_renewal'
            end
            when getvariable('reactivation_policy') = 'reactivation_then_new' then 'new'
            else 'reactivation'
        end as entry_type
    from counted_months
    left join first_spells
        on counted_months.customer_key = first_spells.customer_key
        and counted_months.month_number = first_spells.month_number
    left join customers on counted_months.customer_key = customers.customer_key
),

typed_changes as (
    select
        valued_changes.*,
        typed_months.month_type,
        typed_months.entry_type,
        typed_months.churn_type,
        typed_months.churn_reason
    from valued_changes
    inner join typed_months
        on valued_changes.customer_key = typed_months.customer_key
        and valued_changes.month_number = typed_months.month_number
),

-- Merged away and in, paused and resumed, missed and found: an item is moved as it is, whatever else happens to the customer.
-- One that was paused before and is paused after, but held at another worth, was resumed and paused again within the month.
moved_items as (
    select
        customer_key,
        month_number,
        native_currency,
        'merge' as movement_type,
        case when is_merge_in then 'merged_in' else 'merged_out' end as movement_part,
        case when is_merge_in then 1 else -1 end * before_mrr_amount_native as amount_native,
        case when is_merge_in then 1 else -1 end * before_mrr_amount as amount
    from valued_changes
    where (is_merge_in or is_merge_out) and before_held_as is null
    union all
    select
        customer_key,
        month_number,
        native_currency,
        after_held_as,
        case when after_held_as = 'gap' then 'gap_opened' else 'paused' end,
        -after_mrr_amount_native,
        -after_mrr_amount
    from valued_changes
    where after_held_as is not null
        and (before_held_as is null or before_mrr_amount_native <> after_mrr_amount_native)
    union all
    select
        customer_key,
        month_number,
        native_currency,
        case
            when before_held_as = 'gap' then 'gap'
            when is_after then 'resumed'
            else 'paused'
        end,
        case
            when before_held_as = 'gap' then 'gap_closed'
            when is_after then 'resumed'
            else 'pause_ended'
        end,
        before_mrr_amount_native,
        before_mrr_amount
    from valued_changes
    where before_held_as is not null
        and (after_held_as is null or before_mrr_amount_native <> after_mrr_amount_native)
        and not is_merge_out
),

-- New, late renewal, reactivation and churn: the customer as a whole.
entries_and_churns as (
    select
        customer_key,
        month_number,
        native_currency,
        case when month_type = 'entry' then entry_type else 'churn' end as movement_type,
        case when month_type = 'entry' then entry_type else churn_type end as movement_part,
        after_mrr_amount_native - before_mrr_amount_native as amount_native,
        after_mrr_amount - before_mrr_amount as amount
    from typed_changes
    where month_type in ('entry', 'churn') and not is_merge_out
),

-- New and gone within one month: as much as the customer was worth at its best moment.
short_runs as (
    select
        within_month_runs.customer_key,
        within_month_runs.month_from as month_number,
        within_month_runs.item_key,
        within_month_runs.native_currency,
        within_month_runs.mrr_amount_native,
        in_reporting_currency(
            within_month_runs.mrr_amount_native,
            within_month_runs.native_currency,
            rates.opening_rate,
            rates.rate_date
        ) as mrr_amount,
        within_month_runs.from_at,
        within_month_runs.to_at,
        typed_months.entry_type,
        typed_months.churn_type
    from within_month_runs
    inner join typed_months
        on within_month_runs.customer_key = typed_months.customer_key
        and within_month_runs.month_from = typed_months.month_number
        and typed_months.is_short_stay
    left join rates
        on within_month_runs.native_currency = rates.native_currency
        and within_month_runs.month_from = rates.measured_in_month
),

best_moments as (
    select
        moments.customer_key,
        moments.month_number,
        moments.from_at
    from short_runs as moments
    inner join short_runs as runs
        on moments.customer_key = runs.customer_key
        and moments.month_number = runs.month_number
        and runs.from_at <= moments.from_at
        and moments.from_at < runs.to_at
    group by moments.customer_key, moments.month_number, moments.from_at, moments.item_key
    qualify row_number() over (
        partition by moments.customer_key, moments.month_number
        order by sum(runs.mrr_amount) desc, moments.from_at, moments.item_key
    ) = 1
),

short_stays as (
    select short_runs.*
    from best_moments
    inner join short_runs
        on best_moments.customer_key = short_runs.customer_key
        and best_moments.month_number = short_runs.month_number
        and short_runs.from_at <= best_moments.from_at
        and best_moments.from_at < short_runs.to_at
),

short_stay_movements as (
    select
        customer_key,
        month_number,
        native_currency,
        entry_type as movement_type,
        entry_type as movement_part,
        mrr_amount_native as amount_native,
        mrr_amount as amount
    from short_stays
    union all
    select
        customer_key,
        month_number,
        native_currency,
        'churn',
        churn_type,
        -mrr_amount_native,
        -mrr_amount
    from short_stays
),

-- Expansion and contraction: an item that goes on within its product family is held against itself, the others tier
-- against tier.
sides as (
    select
        customer_key,
        month_number,
        native_currency,
        before_product_family as product_family,
        case
            when before_product_family = after_product_family then item_key
            else 'tier:' || before_tier_key
        end as match_key,
        before_tier_key as tier_key,
        month_type,
        true as is_before,
        is_merge_in,
        is_merge_out,
        before_count as paying_count,
        before_quantity as quantity,
        before_unit_price_units as unit_price_units,
        before_percent_off as percent_off,
        before_fixed_discount_amount_native as fixed_discount,
        before_gross_mrr_amount_native as gross,
        before_mrr_amount_native as net,
        before_mrr_amount as amount,
        opening_rate,
        rate_date
    from typed_changes
    where is_before
    union all
    select
        customer_key,
        month_number,
        native_currency,
        after_product_family,
        case
            when before_product_family = after_product_family then item_key
            else 'tier:' || after_tier_key
        end,
        after_tier_key,
        month_type,
        false,
        is_merge_in,
        is_merge_out,
        after_count,
        after_quantity,
        after_unit_price_units,
        after_percent_off,
        after_fixed_discount_amount_native,
        after_gross_mrr_amount_native,
        after_mrr_amount_native,
        after_mrr_amount,
        opening_rate,
        rate_date
    from typed_changes
    where is_after
),

family_sums as (
    select
        customer_key,
        product_family,
        month_number,
        sum(
            case
                when not is_before then paying_count
                when is_merge_in then 0
                else -paying_count
            end
        ) as count_change,
        sum(
            case
                when is_before and is_merge_in then paying_count
                when is_before and is_merge_out then -paying_count
                else 0
            end
        ) as merged_count
    from sides
    group by all
),

-- Whether the customer had a product family before, and has it still.
family_months as (
    select
        customer_key,
        product_family,
        month_number,
        sum(count_change) over families - count_change + merged_count > 0 as is_old_family,
        sum(count_change) over families > 0 as is_kept_family
    from family_sums
    window families as (
        partition by customer_key, product_family order by month_number rows unbounded preceding
    )
),

matches as (
    select
        customer_key,
        month_number,
        native_currency,
        product_family,
        match_key,
        month_type,
        min(tier_key) <> max(tier_key) as is_other_tier,
        min(unit_price_units) = max(unit_price_units) and count(unit_price_units) = count(*)
            as is_same_price,
        min(percent_off) filter (is_before) = max(percent_off) filter (is_before)
            as is_plain_percent_off,
        min(percent_off) = max(percent_off)
        and sum(fixed_discount) filter (is_before) = sum(fixed_discount) filter (not is_before)
            as is_same_discount,
        max(percent_off) filter (is_before) as percent_off,
        cast(sum(fixed_discount) filter (is_before) as decimal(18, 4)) as fixed_discount,
        cast(sum(quantity) filter (is_before) as decimal(18, 4)) as before_quantity,
        cast(sum(quantity) filter (not is_before) as decimal(18, 4)) as after_quantity,
        cast(coalesce(sum(gross) filter (is_before), 0) as decimal(18, 4)) as before_gross,
        cast(coalesce(sum(gross) filter (not is_before), 0) as decimal(18, 4)) as after_gross,
        cast(coalesce(sum(net) filter (is_before), 0) as decimal(18, 4)) as before_net,
        cast(coalesce(sum(net) filter (not is_before), 0) as decimal(18, 4)) as after_net,
        sum(case when is_before then -amount else amount end) as amount,
        max(opening_rate) as opening_rate,
        max(rate_date) as rate_date
    from sides
    where month_type in ('expansion', 'contraction') and not is_merge_out
    group by all
),

-- The discount before: as percentage and amount where the items agree, else as the amount it came to.
comparable_matches as (
    select
        * replace (
            case when is_plain_percent_off then percent_off else 0 end as percent_off,
            case
                when is_plain_percent_off then fixed_discount else before_gross - before_net
            end as fixed_discount
        ),
        before_gross > 0 and after_gross > 0 as is_both
    from matches
),

discount_effects as (
    select
        *,
        case
            when not is_both or is_same_discount then 0
            else after_net - discounted(after_gross, percent_off, fixed_discount)
        end as discount_effect
    from comparable_matches
),

price_effects as (
    select
        *,
        case
            when not is_both or is_other_tier or is_same_price then 0
            when before_quantity = after_quantity
                or not coalesce(before_quantity > 0 and after_quantity > 0, false)
            then after_net - discount_effect - before_net
            else discounted(
                money_of(
                    half_even_quotient(
                        ten_thousandths(after_gross) * ten_thousandths(before_quantity),
                        ten_thousandths(after_quantity)
                    )
                ),
                percent_off,
                fixed_discount
            ) - before_net
        end as price_effect
    from discount_effects
),

effects as (
    select
        price_effects.*,
        price_effects.after_net - price_effects.before_net - price_effects.discount_effect
        - price_effects.price_effect as volume_effect,
        in_reporting_currency(
            cast(price_effects.discount_effect as decimal(18, 4)),
            price_effects.native_currency,
            price_effects.opening_rate,
            price_effects.rate_date
        ) as discount_amount,
        in_reporting_currency(
            cast(price_effects.price_effect as decimal(18, 4)),
            price_effects.native_currency,
            price_effects.opening_rate,
            price_effects.rate_date
        ) as price_amount,
        case
            when price_effects.is_both
            then case
                when price_effects.after_net - price_effects.before_net
                    - price_effects.discount_effect - price_effects.price_effect > 0
                then 'upsell'
                else 'downgrade'
            end
            when price_effects.after_gross > 0
            then case when family_months.is_old_family then 'upsell' else 'cross_sell' end
            when price_effects.before_gross > 0
            then case when family_months.is_kept_family then 'downgrade' else 'product_drop' end
            when price_effects.amount < 0 then 'discount'
            else 'discount_expiry'
        end as volume_part
    from price_effects
    left join family_months
        on price_effects.customer_key = family_months.customer_key
        and price_effects.product_family = family_months.product_family
        and price_effects.month_number = family_months.month_number
),

-- The last part that is not nothing takes what rounding left over.
parts as (
    select
        customer_key,
        month_number,
        native_currency,
        month_type as movement_type,
        volume_part as movement_part,
        volume_effect as amount_native,
        amount - price_amount - discount_amount as amount
    from effects
    where volume_effect <> 0
    union all
    select
        customer_key,
        month_number,
        native_currency,
        month_type,
        'price',
        price_effect,
        case when volume_effect = 0 then amount - discount_amount else price_amount end
    from effects
    where price_effect <> 0
    union all
    select
        customer_key,
        month_number,
        native_currency,
        month_type,
        case when discount_effect > 0 then 'discount_expiry' else 'discount' end,
        discount_effect,
        case when volume_effect = 0 and price_effect = 0 then amount else discount_amount end
    from effects
    where discount_effect <> 0
),

exchange_rate_effects as (
    select
        customer_key,
        month_number(month_start) as month_number,
        native_currency,
        'fx' as movement_type,
        'fx' as movement_part,
        0 as amount_native,
        fx_amount as amount
    from months
    where fx_amount <> 0
),

movements as (
    select * from moved_items
    union all
    select * from entries_and_churns
    union all
    select * from short_stay_movements
    union all
    select * from parts
    union all
    select * from exchange_rate_effects
),

movement_sums as (
    select
        customer_key,
        month_number,
        native_currency,
        movement_type,
        movement_part,
        cast(sum(amount) as decimal(18, 4)) as movement_amount,
        cast(sum(amount_native) as decimal(18, 4)) as movement_amount_native
    from movements
    group by all
    having sum(amount) <> 0 or sum(amount_native) <> 0
),

final as (
    select
        -- keys
        movement_sums.customer_key,
        month_day(movement_sums.month_number) as month_start,
        movement_sums.native_currency,
        movement_sums.movement_type,
        movement_sums.movement_part,

        -- attributes
        getvariable('reporting_currency') as currency,
        case
            when movement_sums.movement_type = 'churn' then typed_months.churn_reason
        end as churn_reason,
        coalesce(versions.segment, 'unknown') as segment,
        coalesce(versions.region, 'unknown') as region,
        coalesce(versions.industry, 'unknown') as industry,
        coalesce(versions.size_band, 'unknown') as size_band,
        coalesce(versions.owner_employee_key, 'unknown') as owner_employee_key,
        month_day(cohorts.cohort_month) as acquisition_month_start,

        -- flags
        month_day(movement_sums.month_number + 1) <= getvariable('as_of') as is_complete,

        -- measures
        coalesce(months.opening_mrr_amount, 0) as opening_mrr_amount,
        movement_sums.movement_amount,
        coalesce(months.mrr_amount, 0) as closing_mrr_amount,
        movement_sums.movement_amount_native
    from movement_sums
    left join typed_months
        on movement_sums.customer_key = typed_months.customer_key
        and movement_sums.month_number = typed_months.month_number
    left join months
        on movement_sums.customer_key = months.customer_key
        and month_day(movement_sums.month_number) = months.month_start
        and movement_sums.native_currency = months.native_currency
    left join cohorts on movement_sums.customer_key = cohorts.customer_key
    left join versions
        on movement_sums.customer_key = versions.customer_key
        and versions.valid_from <= month_day(movement_sums.month_number)
        and month_day(movement_sums.month_number) < versions.valid_to
)

select * from final
