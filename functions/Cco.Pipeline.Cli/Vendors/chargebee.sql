-- The objects of Chargebee that are given in several ways.

-- What a product is sold as.
create macro item_type(product_id, charge_type) as
    case
        when charge_type = 'one_off' then 'charge'
        when product_id = 'P-CORE' then 'plan'
        else 'addon'
    end;

-- The subscription that a discount was granted with, which is part of its id.
create macro subscription_of(discount_id) as
    'S-' || regexp_extract(discount_id, '^D-(.+)-\d+-\d+$', 1);

-- A customer after each of its changes, with its contacts.
create view customer_state as
with

states as (
    select *
    from customer
    qualify row_number() over (partition by customer_id, valid_from order by updated_at desc) = 1
),

people as (
    select *
    from contact
    where deleted_at is null
    qualify row_number() over (partition by contact_id order by updated_at desc) = 1
),

contacts as (
    select
        customer_id,
        list(
            {
                'id': contact_id,
                'object': 'contact',
                'first_name': split_part(name, ' ', 1),
                'last_name': split_part(name, ' ', 2),
                'email': email,
                'label': role,
                'enabled': is_active::boolean,
                'send_account_email': false,
                'send_billing_email': false
            }
            order by contact_id
        ) as contacts
    from people
    group by all
)

select
    states.customer_id,
    seconds(states.valid_from) as changed_at,
    states.deleted_at is not null as is_deleted,
    row_number() over (partition by states.customer_id order by states.valid_from) as change_number,
    {
        'id': states.customer_id,
        'object': 'customer',
        'company': case when states.customer_type = 'business' then states.name end,
        'first_name': case
            when states.customer_type = 'consumer' then split_part(states.name, ' ', 1)
        end,
        'last_name': case
            when states.customer_type = 'consumer' then split_part(states.name, ' ', 2)
        end,
        'email': states.email,
        'locale': states.language,
        'preferred_currency_code': states.currency,
        'billing_address': {'country': states.country, 'object': 'billing_address'},
        'relationship': case
            when states.parent_customer_id is not null
            then {'parent_id': states.parent_customer_id}
        end,
        'contacts': contacts.contacts,
        'created_at': seconds(states.created_at),
        'updated_at': seconds(states.valid_from),
        'deleted': states.deleted_at is not null
    } as customer
from states
left join contacts on states.customer_id = contacts.customer_id;

-- A term of a contract since it began, and since it ended. A pilot is no contract to Chargebee, and
-- what becomes of a term that another one took the place of is not documented.
create view term_state as
with

terms as (
    select *
    from contract_term
    where term_type = 'standard' and outcome <> 'replaced'
),

states as (
    select *, seconds(start_date) as changed_at, 'active' as status
    from terms
    union all
    select *, seconds(end_date) as changed_at, 'completed' as status
    from terms
)

select
    contract_term_id,
    subscription_id,
    changed_at,
    {
        'id': contract_term_id,
        'object': 'contract_term',
        'subscription_id': subscription_id,
        'status': status,
        'action_at_term_end': if(outcome = 'lost', 'cancel', 'renew'),
        'billing_cycle': 1,
        'contract_start': seconds(start_date),
        'contract_end': seconds(end_date),
        'total_contract_value': minor(contract_amount, currency),
        'total_contract_value_before_tax': minor(contract_amount, currency),
        'created_at': seconds(signed_at)
    } as contract_term
from states;

-- A subscription after each change of one of its items, with the items that it has then. What is
-- charged once is on its invoice alone.
create view subscription_state as
with

item_versions as (
    select *
    from subscription_item
    where charge_type <> 'one_off'
    qualify row_number() over (
        partition by subscription_item_id, valid_from
        order by updated_at desc
    ) = 1
),

changes as (
    select distinct subscription_id, valid_from as changed_at
    from item_versions
),

present_items as (
    select changes.changed_at, item_versions.*
    from changes
    inner join item_versions
        on changes.subscription_id = item_versions.subscription_id
        and changes.changed_at >= item_versions.valid_from
    qualify row_number() over (
        partition by item_versions.subscription_item_id, changes.changed_at
        order by item_versions.valid_from desc
    ) = 1
),

plans as (
    select *
    from present_items
    where item_type(product_id, charge_type) = 'plan'
),

-- An item that was taken off ended before its subscription does.
kept_items as (
    select
        present_items.subscription_id,
        present_items.changed_at,
        list(
            {
                'item_price_id': present_items.plan_id,
                'object': 'subscription_item',
                'item_type': item_type(present_items.product_id, present_items.charge_type),
                'quantity': case
                    when present_items.charge_type = 'recurring'
                    then cast(present_items.quantity as bigint)
                end,
                'unit_price': minor(present_items.unit_amount, present_items.currency),
                'amount': minor(present_items.unit_amount, present_items.currency)
                    * cast(present_items.quantity as bigint),
                'free_quantity': 0,
                'billing_period': case
                    when present_items.charge_type = 'usage'
                    then cast(present_items.billing_interval_count as bigint)
                end,
                'billing_period_unit': case
                    when present_items.charge_type = 'usage' then present_items.billing_interval
                end,
                'metered_quantity': case when present_items.charge_type = 'usage' then '0' end,
                'usage_accumulation_reset_frequency': case
                    when present_items.charge_type = 'usage' then 'subscription_billing_frequency'
                end
            }
            order by present_items.subscription_item_id
        ) as subscription_items
    from present_items
    inner join plans
        on present_items.subscription_id = plans.subscription_id
        and present_items.changed_at = plans.changed_at
    where present_items.status <> 'canceled' or present_items.valid_from = plans.valid_from
    group by all
),

granted_discounts as (
    select *
    from discount
    qualify row_number() over (partition by discount_id order by updated_at desc) = 1
),

item_discounts as (
    select
        subscription_id,
        list(
            {
                'id': discount_id,
                'coupon': coupon,
                'is_once': is_recurring = 'false',
                'percent_off': cast(percent_off as double),
                'amount_off': amount_off,
                'currency': currency,
                'starts_at': seconds(starts_at),
                'ends_at': seconds(ends_at)
            }
            order by discount_id
        ) as discounts
    from granted_discounts
    where subscription_item_id is not null
    group by all
),

coupons as (
    select subscription_of(discount_id) as subscription_id, list(distinct coupon order by coupon) as coupons
    from granted_discounts
    where subscription_item_id is null
    group by all
),

-- A subscription shows only the term that runs.
running_terms as (
    select
        plans.subscription_id,
        plans.changed_at,
        arg_max(term_state.contract_term, term_state.changed_at) as contract_term
    from plans
    inner join term_state
        on plans.subscription_id = term_state.subscription_id
        and seconds(plans.changed_at) >= term_state.contract_term.contract_start
        and seconds(plans.changed_at) < term_state.contract_term.contract_end
    where plans.status <> 'canceled' and term_state.contract_term.status = 'active'
    group by all
)

select
    plans.subscription_id,
    plans.status,
    seconds(plans.changed_at) as changed_at,
    row_number() over (
        partition by plans.subscription_id
        order by plans.changed_at
    ) as change_number,
    {
        'id': plans.subscription_id,
        'object': 'subscription',
        'customer_id': plans.customer_id,
        'status': case
            when plans.status = 'trialing' then 'in_trial'
            when plans.status = 'canceled' then 'cancelled'
            when plans.status = 'paused' then 'paused'
            when plans.canceled_at is not null then 'non_renewing'
            else 'active'
        end,
        'currency_code': plans.currency,
        'billing_period': cast(plans.billing_interval_count as bigint),
        'billing_period_unit': plans.billing_interval,
        'created_at': seconds(plans.started_at),
        'started_at': seconds(plans.started_at),
        'updated_at': seconds(plans.changed_at),
        'trial_end': seconds(plans.trial_ends_at),
        'current_term_end': seconds(plans.ends_at),
        'pause_date': seconds(plans.paused_at),
        'resume_date': seconds(plans.resumes_at),
        'cancelled_at': seconds(plans.ends_at),
        'cancel_schedule_created_at': seconds(plans.canceled_at),
        'cancel_reason': case when plans.churn_type = 'involuntary' then 'not_paid' end,
        'cancel_reason_code': plans.cancel_reason,
        'due_invoices_count': if(plans.status in ('past_due', 'unpaid'), 1, 0),
        'due_since': seconds(plans.past_due_since),
        'subscription_items': kept_items.subscription_items,
        'discounts': [
            {
                'id': granted.id,
                'object': 'discount',
                'type': if(granted.percent_off is null, 'fixed_amount', 'percentage'),
                'percentage': granted.percent_off,
                'amount': minor(granted.amount_off, granted.currency),
                'currency_code': granted.currency,
                'duration_type': case
                    when granted.is_once then 'one_time'
                    when granted.ends_at is null then 'forever'
                    else 'limited_period'
                end,
                'included_in_mrr': not granted.is_once,
                'apply_on': 'specific_item_price',
                'item_price_id': plans.plan_id,
                'created_at': granted.starts_at,
                'apply_till': case when not granted.is_once then granted.ends_at end,
                'coupon_id': granted.coupon,
                'index': 0
            }
            for granted in item_discounts.discounts
        ],
        'coupons': [
            {'coupon_id': taken, 'object': 'coupon', 'applied_count': 1}
            for taken in coalesce(coupons.coupons, [])
        ],
        'contract_term': running_terms.contract_term,
        'deleted': false
    } as subscription
from plans
inner join kept_items
    on plans.subscription_id = kept_items.subscription_id
    and plans.changed_at = kept_items.changed_at
left join item_discounts on plans.subscription_id = item_discounts.subscription_id
left join coupons on plans.subscription_id = coupons.subscription_id
left join running_terms
    on plans.subscription_id = running_terms.subscription_id
    and plans.changed_at = running_terms.changed_at;
