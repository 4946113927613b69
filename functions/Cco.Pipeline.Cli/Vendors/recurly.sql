-- The objects of Recurly that are given in several ways. A price of the core product is a plan of
-- Recurly, and one of any other product is an add-on, which sells an item.

-- Whether a product is sold as plans.
create macro is_plan(product_id) as product_id = 'P-CORE';

-- What the company says of a product in fields of its own.
create macro fields_of(product) as [
    {'name': 'product_family', 'value': product.product_family},
    {'name': 'product_type', 'value': product.product_type},
    {'name': 'gross_margin_rate', 'value': product.gross_margin_rate}
];

-- The first instant of a day.
create macro instant_of(day) as day || 'T00:00:00Z';

-- An instant as a timestamp, and back.
create macro moment(instant) as cast(left(instant, 19) as timestamp);
create macro written(moment) as strftime(moment, '%Y-%m-%dT%H:%M:%SZ');

-- A subscription after each change of one of its items. Recurly does not say of one that a payment
-- failed.
create view subscription_state as
with

item_versions as (
    select *
    from subscription_item
    qualify row_number() over (
        partition by subscription_item_id, valid_from
        order by updated_at desc
    ) = 1
),

-- An item that was taken off is told of a last time.
present_items as (
    select *
    from item_versions
    qualify status <> 'canceled'
        or bool_and(status = 'canceled') over (partition by subscription_id, valid_from)
),

add_ons as (
    select
        subscription_id,
        valid_from,
        sum(cast(unit_amount as decimal(18, 4)) * cast(quantity as decimal(18, 0))) as total,
        list(
            {
                'id': subscription_item_id,
                'object': 'subscription_add_on',
                'add_on': {'id': plan_id, 'object': 'add_on', 'add_on_type': 'fixed'},
                'quantity': cast(cast(quantity as decimal) as bigint),
                'unit_amount': cast(unit_amount as decimal(18, 4)),
                'tier_type': 'flat'
            }
            order by subscription_item_id
        ) as add_ons
    from present_items
    where not is_plan(product_id)
    group by all
),

plans as (
    select
        *,
        moment(coalesce(trial_ends_at, started_at)) as paid_from,
        greatest(
            datesub('month', moment(coalesce(trial_ends_at, started_at)), moment(valid_from)), 0
        ) as months
    from present_items
    where is_plan(product_id)
),

terms as (
    select
        *,
        written(paid_from + to_months(cast(months as integer))) as term_started_at,
        written(paid_from + to_months(cast(months + 1 as integer))) as term_ends_at
    from plans
)

select
    terms.subscription_id,
    seconds(terms.valid_from) as changed_at,
    {
        'id': terms.subscription_id,
        'object': 'subscription',
        'account': {'id': terms.customer_id, 'object': 'account'},
        'plan': {'id': terms.plan_id, 'object': 'plan'},
        'state': case
            when terms.status = 'canceled' then 'expired'
            when terms.status = 'paused' then 'paused'
            when terms.canceled_at is not null then 'canceled'
            else 'active'
        end,
        'currency': terms.currency,
        'quantity': cast(cast(terms.quantity as decimal) as bigint),
        'unit_amount': cast(terms.unit_amount as decimal(18, 4)),
        'tax_inclusive': false,
        'add_ons': coalesce(add_ons.add_ons, []),
        'add_ons_total': coalesce(add_ons.total, 0),
        'auto_renew': true,
        'total_billing_cycles': 1,
        'current_period_started_at': case
            when terms.status = 'trialing' then terms.started_at
            else terms.term_started_at
        end,
        'current_period_ends_at': case
            when terms.status = 'trialing' then terms.trial_ends_at
            else terms.term_ends_at
        end,
        'current_term_started_at': terms.term_started_at,
        'current_term_ends_at': terms.term_ends_at,
        'trial_started_at': case when terms.trial_ends_at is not null then terms.started_at end,
        'trial_ends_at': terms.trial_ends_at,
        'paused_at': case when terms.status = 'paused' then terms.valid_from end,
        'canceled_at': terms.canceled_at,
        'expires_at': terms.ends_at,
        'expiration_reason': case
            when terms.status = 'canceled'
            then if(terms.churn_type = 'involuntary', 'nonpayment', 'canceled')
        end,
        'activated_at': terms.started_at,
        'created_at': terms.started_at,
        'updated_at': terms.valid_from
    } as subscription
from terms
left join add_ons
    on terms.subscription_id = add_ons.subscription_id
    and terms.valid_from = add_ons.valid_from;
