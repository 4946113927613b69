-- The objects of Stripe that are given in several ways.

-- A customer when it came, and again when it was deleted.
create view customer_version as
select
    *,
    {
        'id': customer_id,
        'object': 'customer',
        'name': name,
        'email': email,
        'currency': lower(currency),
        'created': seconds(created_at),
        'livemode': true,
        'address': {'country': country},
        'preferred_locales': [language]
    } as object
from customer;

-- An item of a subscription at each of its changes.
create view item_version as
select
    * replace (seconds(valid_from) as valid_from),
    status = 'canceled'
    and not bool_and(status = 'canceled') over (partition by subscription_id, valid_from) as is_off,
    {
        'id': subscription_item_id,
        'object': 'subscription_item',
        'created': seconds(started_at),
        'subscription': subscription_id,
        'quantity': cast(cast(quantity as decimal(18, 4)) as bigint),
        'price': {
            'id': plan_id,
            'object': 'price',
            'product': product_id,
            'currency': lower(currency),
            'unit_amount': minor(unit_amount, currency),
            'unit_amount_decimal': cast(minor(unit_amount, currency) as varchar),
            'type': 'recurring',
            'recurring': {
                'interval': billing_interval,
                'interval_count': cast(billing_interval_count as bigint),
                'usage_type': 'licensed'
            }
        }
    } as item
from (
    select *
    from subscription_item
    qualify row_number() over (
        partition by subscription_item_id, valid_from
        order by updated_at desc
    ) = 1
);

-- A subscription after each of its changes, with the items that it has then.
create view subscription_state as
with

states as (
    select
        subscription_id,
        valid_from as changed_at,
        any_value(customer_id) as customer_id,
        any_value(status) as status,
        any_value(currency) as currency,
        min(seconds(started_at)) as created_at,
        any_value(seconds(trial_ends_at)) as trial_ends_at,
        any_value(seconds(resumes_at)) as resumes_at,
        any_value(seconds(canceled_at)) as canceled_at,
        any_value(seconds(ends_at)) as ends_at,
        any_value(churn_type) as churn_type,
        any_value(cancel_reason) as cancel_reason,
        list(item order by subscription_item_id) as items
    from item_version
    where not is_off
    group by all
)

select
    subscription_id,
    changed_at,
    created_at,
    status,
    items,
    lag(items) over changes as earlier_items,
    row_number() over changes as change_number,
    row_number() over (partition by subscription_id order by changed_at desc) = 1 as is_latest,
    {
        'id': subscription_id,
        'object': 'subscription',
        'customer': customer_id,
        'status': case status when 'paused' then 'active' else status end,
        'currency': lower(currency),
        'created': min(created_at) over (partition by subscription_id),
        'start_date': min(created_at) over (partition by subscription_id),
        'livemode': true,
        'trial_end': trial_ends_at,
        'cancel_at_period_end': false,
        'cancel_at': case when status <> 'canceled' then ends_at end,
        'canceled_at': canceled_at,
        'ended_at': case when status = 'canceled' then ends_at end,
        'cancellation_details': {
            'comment': null,
            'feedback': case
                when cancel_reason not in ('cancellation_requested', 'payment_failed')
                then cancel_reason
            end,
            'reason': case churn_type
                when 'involuntary' then 'payment_failed'
                when 'voluntary' then 'cancellation_requested'
            end
        },
        'pause_collection': case
            when status = 'paused' then {'behavior': 'void', 'resumes_at': resumes_at}
        end,
        'discounts': [],
        'items': {'object': 'list', 'has_more': false, 'data': items}
    } as subscription
from states
window changes as (partition by subscription_id order by changed_at);
