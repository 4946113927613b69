-- Chargebee's objects. Lists wrap each in its name, and events hold several of them.

-- An instant (UTC) that is given as seconds since 1970.
create macro chargebee_instant(seconds) as
    try(make_timestamp(try_cast(try_cast(seconds as decimal(30, 6)) * 1000000 as bigint)));

-- The calendar day (UTC) of such an instant.
create macro chargebee_day(seconds) as cast(chargebee_instant(seconds) as date);

-- An amount in the smallest unit of its currency, in major units. Here no currency has more than
-- two digits, whatever ISO 4217 says.
create macro chargebee_amount(amount, currency) as
    try_cast(
        try_cast(amount as decimal(30, 8))
        * case
            when upper(currency) in (
                'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV',
                'XAF', 'XOF', 'XPF'
            )
            then cast(1 as decimal(7, 3))
            else cast(0.01 as decimal(7, 3))
        end as decimal(18, 4)
    );

-- An amount that may be given in decimals, too, which are in major units and more exact.
create macro chargebee_price(amount_in_decimal, amount, currency) as
    coalesce(
        try_cast(try_cast(amount_in_decimal as decimal(30, 10)) as decimal(18, 4)),
        chargebee_amount(amount, currency)
    );

-- A subscription.
create macro chargebee_subscription(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "customer_id": "VARCHAR", "status": "VARCHAR", "currency_code": "VARCHAR",
            "billing_period": "BIGINT", "billing_period_unit": "VARCHAR", "start_date": "VARCHAR", "started_at": "VARCHAR",
            "created_at": "VARCHAR", "updated_at": "VARCHAR", "trial_end": "VARCHAR", "current_term_end": "VARCHAR",
            "pause_date": "VARCHAR", "resume_date": "VARCHAR", "cancelled_at": "VARCHAR",
            "cancel_schedule_created_at": "VARCHAR", "cancel_reason": "VARCHAR", "cancel_reason_code": "VARCHAR",
            "due_invoices_count": "BIGINT", "due_since": "VARCHAR",
            "subscription_items": [{
                "item_price_id": "VARCHAR", "item_type": "VARCHAR", "quantity": "VARCHAR", "quantity_in_decimal": "VARCHAR",
                "unit_price": "VARCHAR", "unit_price_in_decimal": "VARCHAR", "amount": "VARCHAR",
                "amount_in_decimal": "VARCHAR", "free_quantity": "VARCHAR", "free_quantity_in_decimal": "VARCHAR",
                "billing_period": "BIGINT", "billing_period_unit": "VARCHAR", "metered_quantity": "VARCHAR",
                "last_calculated_at": "VARCHAR", "usage_accumulation_reset_frequency": "VARCHAR"
            }],
            "discounts": [{
                "id": "VARCHAR", "invoice_name": "VARCHAR", "type": "VARCHAR", "percentage": "VARCHAR", "amount": "VARCHAR",
                "currency_code": "VARCHAR", "duration_type": "VARCHAR", "apply_on": "VARCHAR", "item_price_id": "VARCHAR",
                "created_at": "VARCHAR", "apply_till": "VARCHAR", "coupon_id": "VARCHAR", "index": "BIGINT"
            }]
        }'
    );

-- How an item of a subscription is charged. Only items with usage say when it was last counted.
create macro chargebee_charge_type(item) as
    case
        when item.item_type = 'charge' then 'one_off'
        when coalesce(
            item.metered_quantity, item.last_calculated_at, item.usage_accumulation_reset_frequency
        ) is not null
        then 'usage'
        when item.item_type in ('plan', 'addon') then 'recurring'
        else coalesce(item.item_type, 'unknown')
    end;

-- The id of the position that an item of a subscription is part of: the plan, all recurring add-ons
-- together, or the item alone.
create macro chargebee_item_id(subscription_id, item) as
    case
        when item.item_type = 'plan' then subscription_id
        when item.item_type = 'addon' and chargebee_charge_type(item) = 'recurring'
        then subscription_id || '/addons'
        else subscription_id || '/' || item.item_price_id
    end;

-- How many of one period another one holds; null where that is not the same each time.
create macro chargebee_periods(unit, length, part_unit, part_length) as
    case
        when part_unit is null or part_length is null then cast(1 as double)
        when unit in ('month', 'year') and part_unit in ('month', 'year')
        then (length * if(unit = 'year', 12, 1)) / (part_length * if(part_unit = 'year', 12, 1))
        when unit in ('day', 'week') and part_unit in ('day', 'week')
        then (length * if(unit = 'week', 7, 1)) / (part_length * if(part_unit = 'week', 7, 1))
    end;

-- The items of a subscription with their amounts: of the whole item, and of that for one billing
-- period of the subscription.
create macro chargebee_amounts(subscription) as [
    {
        'item_id': chargebee_item_id(subscription.id, item),
        'item_price_id': item.item_price_id,
        'item_type': item.item_type,
        'charge_type': chargebee_charge_type(item),
        'billing_interval': coalesce(
            item.billing_period_unit, subscription.billing_period_unit, 'unknown'
        ),
        'billing_interval_count': coalesce(item.billing_period, subscription.billing_period),
        'quantity': coalesce(
            try_cast(coalesce(item.quantity_in_decimal, item.quantity) as decimal(18, 4)), 1
        ),
        'billed_quantity': coalesce(
            try_cast(coalesce(item.quantity_in_decimal, item.quantity) as decimal(18, 4)), 1
        ) - coalesce(
            try_cast(coalesce(item.free_quantity_in_decimal, item.free_quantity) as decimal(18, 4)),
            0
        ),
        'unit_amount': chargebee_price(
            item.unit_price_in_decimal, item.unit_price, subscription.currency_code
        ),
        'amount': chargebee_price(
            item.amount_in_decimal, item.amount, subscription.currency_code
        ),
        'periods': chargebee_periods(
            subscription.billing_period_unit,
            subscription.billing_period,
            item.billing_period_unit,
            item.billing_period
        )
    }
    for item in subscription.subscription_items
];

-- What an item costs in one of its periods.
create macro chargebee_whole(priced) as
    coalesce(
        priced.amount, try_cast(priced.unit_amount * priced.billed_quantity as decimal(18, 4))
    );

-- Whether a quantity of a price is the amount, as it is not for tiers and packages.
create macro chargebee_is_product(priced, quantity) as
    coalesce(abs(priced.unit_amount * quantity - chargebee_whole(priced)) < 0.005, false);

-- What the recurring add-ons of a subscription cost in one of its periods; null where one of them
-- is not known.
create macro chargebee_addons_amount(amounts) as
    case
        when len(
            list_filter(
                amounts,
                lambda priced: priced.item_type = 'addon' and priced.charge_type = 'recurring'
                and (chargebee_whole(priced) * priced.periods) is null
            )
        ) > 0
        then null
        else coalesce(
            list_sum([
                try_cast(chargebee_whole(priced) * priced.periods as decimal(18, 4))
                for priced in amounts
                if priced.item_type = 'addon' and priced.charge_type = 'recurring'
            ]),
            0
        )
    end;

-- The positions of a subscription: the plan, all recurring add-ons as one, and each item that is
-- charged once or by usage. An add-on that is taken off leaves no trace but the lower sum, which
-- is 0 without add-ons.
create macro chargebee_positions(subscription, amounts) as
    list_append(
        [
            {
                'item_id': priced.item_id,
                'item_price_id': priced.item_price_id,
                'charge_type': priced.charge_type,
                'billing_interval': priced.billing_interval,
                'billing_interval_count': priced.billing_interval_count,
                'quantity': case
                    when chargebee_is_product(priced, priced.quantity) then priced.quantity
                    when chargebee_is_product(priced, priced.billed_quantity)
                    then try_cast(priced.billed_quantity as decimal(18, 4))
                    else 1
                end,
                'unit_amount': case
                    when chargebee_is_product(priced, priced.quantity)
                        or chargebee_is_product(priced, priced.billed_quantity)
                    then priced.unit_amount
                    else chargebee_whole(priced)
                end
            }
            for priced in amounts
            if coalesce(priced.item_type, '') <> 'addon' or priced.charge_type <> 'recurring'
        ],
        {
            'item_id': subscription.id || '/addons',
            'item_price_id': cast(null as varchar),
            'charge_type': 'recurring',
            'billing_interval': coalesce(subscription.billing_period_unit, 'unknown'),
            'billing_interval_count': subscription.billing_period,
            'quantity': cast(1 as decimal(18, 4)),
            'unit_amount': try_cast(chargebee_addons_amount(amounts) as decimal(18, 4))
        }
    );

-- Whether a subscription has ended or is set to end.
create macro chargebee_is_ending(subscription) as
    subscription.status in ('non_renewing', 'cancelled', 'transferred')
    or (subscription.status = 'in_trial' and subscription.cancel_schedule_created_at is not null);

-- The positions of a subscription as they are from an instant on.
create macro chargebee_items(subscription, positions, since) as [
    {
        'source': 'chargebee',
        'subscription_item_id': position.item_id,
        'valid_from': since,
        'subscription_id': subscription.id,
        'customer_id': subscription.customer_id,
        'plan_id': position.item_price_id,
        'status': case
            when subscription.status in ('active', 'non_renewing')
            then case when subscription.due_invoices_count > 0 then 'past_due' else 'active' end
            when subscription.status = 'future' then 'active'
            when subscription.status = 'in_trial' then 'trialing'
            when subscription.status in ('cancelled', 'transferred') then 'canceled'
            else coalesce(subscription.status, 'unknown')
        end,
        'charge_type': position.charge_type,
        'billing_interval': position.billing_interval,
        'currency': upper(subscription.currency_code),
        'churn_type': case
            when subscription.cancel_reason in ('not_paid', 'no_card') then 'involuntary'
        end,
        'cancel_reason': coalesce(subscription.cancel_reason_code, subscription.cancel_reason),
        'billing_interval_count': position.billing_interval_count,
        'quantity': position.quantity,
        'unit_amount': position.unit_amount,
        'started_at': chargebee_instant(
            case
                when subscription.status = 'future' then subscription.start_date
                else coalesce(subscription.started_at, subscription.created_at)
            end
        ),
        'trial_ends_at': chargebee_instant(subscription.trial_end),
        'past_due_since': case
            when subscription.status in ('active', 'non_renewing')
                and subscription.due_invoices_count > 0
            then chargebee_instant(subscription.due_since)
        end,
        'paused_at': chargebee_instant(subscription.pause_date),
        'resumes_at': chargebee_instant(subscription.resume_date),
        'canceled_at': case
            when chargebee_is_ending(subscription)
            then chargebee_instant(
                coalesce(subscription.cancel_schedule_created_at, subscription.cancelled_at)
            )
        end,
        'ends_at': case
            when chargebee_is_ending(subscription)
            then chargebee_instant(
                coalesce(
                    subscription.cancelled_at,
                    case
                        when subscription.status = 'non_renewing' then subscription.current_term_end
                        when subscription.status = 'transferred' then subscription.updated_at
                    end
                )
            )
        end
    }
    for position in positions
];

-- A customer.
create macro chargebee_customer(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "company": "VARCHAR", "first_name": "VARCHAR", "last_name": "VARCHAR", "email": "VARCHAR",
            "locale": "VARCHAR", "preferred_currency_code": "VARCHAR", "billing_address": {"country": "VARCHAR"},
            "relationship": {"parent_id": "VARCHAR"}, "created_at": "VARCHAR", "updated_at": "VARCHAR",
            "contacts": [{
                "id": "VARCHAR", "first_name": "VARCHAR", "last_name": "VARCHAR", "email": "VARCHAR", "phone": "VARCHAR",
                "label": "VARCHAR", "enabled": "BOOLEAN"
            }]
        }'
    );

-- The name of a person; null where there is none.
create macro chargebee_name(first_name, last_name) as
    nullif(trim(concat_ws(' ', first_name, last_name)), '');

-- An event: what it was, when, and the records it concerns.
create macro chargebee_event(payload) as
    json_transform(
        payload,
        '{"event": {
            "event_type": "VARCHAR", "occurred_at": "VARCHAR", "content": {"subscription": "JSON", "customer": "JSON"}
        }}'
    ).event;

-- An invoice, with those of its lines that come with it.
create macro chargebee_invoice(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "customer_id": "VARCHAR", "subscription_id": "VARCHAR", "status": "VARCHAR",
            "price_type": "VARCHAR", "currency_code": "VARCHAR", "date": "VARCHAR", "due_date": "VARCHAR",
            "line_items": [{
                "id": "VARCHAR", "subscription_id": "VARCHAR", "entity_type": "VARCHAR", "entity_id": "VARCHAR",
                "description": "VARCHAR", "quantity": "VARCHAR", "quantity_in_decimal": "VARCHAR", "amount": "VARCHAR",
                "discount_amount": "VARCHAR", "tax_amount": "VARCHAR", "metered": "BOOLEAN", "proration_mode": "VARCHAR",
                "date_from": "VARCHAR", "date_to": "VARCHAR", "reference_line_item_id": "VARCHAR"
            }]
        }'
    );

-- A line's amount after discounts and without the tax that is in it.
create macro chargebee_net_amount(line, price_type, currency) as
    chargebee_amount(
        try_cast(line.amount as decimal(30, 0))
        - coalesce(try_cast(line.discount_amount as decimal(30, 0)), 0)
        - case
            when price_type = 'tax_inclusive'
            then coalesce(try_cast(line.tax_amount as decimal(30, 0)), 0)
            else 0
        end,
        currency
    );

-- The lines of an invoice.
create macro chargebee_lines(invoice) as [
    {
        'source': 'chargebee',
        'invoice_line_id': line.id,
        'invoice_id': invoice.id,
        'customer_id': invoice.customer_id,
        'subscription_id': coalesce(line.subscription_id, invoice.subscription_id),
        'subscription_item_id': case
            when line.entity_type in ('plan_item_price', 'plan')
            then coalesce(line.subscription_id, invoice.subscription_id)
            when line.entity_type in ('addon_item_price', 'addon')
                and not coalesce(line.metered, false)
            then coalesce(line.subscription_id, invoice.subscription_id) || '/addons'
            else coalesce(line.subscription_id, invoice.subscription_id) || '/' || line.entity_id
        end,
        'plan_id': line.entity_id,
        'line_type': case
            when line.metered then 'usage'
            when line.proration_mode is not null then 'proration'
            when line.entity_type in ('plan_item_price', 'plan', 'addon_item_price', 'addon')
            then 'recurring'
            when line.entity_type in ('charge_item_price', 'adhoc', 'plan_setup') then 'one_off'
            else coalesce(line.entity_type, 'unknown')
        end,
        'invoice_status': case
            when invoice.status in ('posted', 'payment_due') then 'open'
            when invoice.status = 'not_paid' then 'uncollectible'
            when invoice.status = 'voided' then 'void'
            when invoice.status = 'pending' then 'draft'
            else coalesce(invoice.status, 'unknown')
        end,
        'description': line.description,
        'currency': upper(invoice.currency_code),
        'quantity': coalesce(
            try_cast(coalesce(line.quantity_in_decimal, line.quantity) as decimal(18, 4)), 1
        ),
        'amount': chargebee_net_amount(line, invoice.price_type, invoice.currency_code),
        'discount_amount': coalesce(
            chargebee_amount(line.discount_amount, invoice.currency_code), 0
        ),
        'tax_amount': coalesce(chargebee_amount(line.tax_amount, invoice.currency_code), 0),
        'service_start_date': chargebee_day(line.date_from),
        'service_end_date': chargebee_day(line.date_to),
        'invoice_date': chargebee_day(invoice.date),
        'due_date': chargebee_day(invoice.due_date)
    }
    for line in invoice.line_items
];

-- A credit note, with those of its lines that come with it.
create macro chargebee_credit_note(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "customer_id": "VARCHAR", "reference_invoice_id": "VARCHAR", "type": "VARCHAR",
            "status": "VARCHAR", "reason_code": "VARCHAR", "create_reason_code": "VARCHAR", "price_type": "VARCHAR",
            "currency_code": "VARCHAR", "date": "VARCHAR", "line_items_next_offset": "VARCHAR",
            "linked_refunds": [{"txn_id": "VARCHAR", "txn_status": "VARCHAR"}],
            "line_items": [{
                "id": "VARCHAR", "amount": "VARCHAR", "discount_amount": "VARCHAR", "tax_amount": "VARCHAR",
                "reference_line_item_id": "VARCHAR"
            }]
        }'
    );

-- The refunds of a credit note that did not fail.
create macro chargebee_refunds(credit_note) as
    list_filter(
        credit_note.linked_refunds,
        lambda refund: coalesce(refund.txn_status, '') not in (
            'failure', 'late_failure', 'timeout', 'voided'
        )
    );

-- The lines of a credit note, each with its number.
create macro chargebee_credits(credit_note) as [
    {
        'source': 'chargebee',
        'credit_note_id': credit_note.id,
        'line_number': line_number,
        'invoice_id': credit_note.reference_invoice_id,
        'invoice_line_id': line.reference_line_item_id,
        'customer_id': credit_note.customer_id,
        'payment_id': chargebee_refunds(credit_note)[1].txn_id,
        'credit_note_status': case
            when credit_note.status = 'voided' then 'void'
            when credit_note.status in ('adjusted', 'refunded', 'refund_due') then 'issued'
            else coalesce(credit_note.status, 'unknown')
        end,
        'settlement': case
            when credit_note.type = 'adjustment' then 'invoice'
            when len(chargebee_refunds(credit_note)) > 0 then 'refund'
            when credit_note.type in ('refundable', 'store') then 'balance'
            else coalesce(credit_note.type, 'unknown')
        end,
        'reason': coalesce(credit_note.create_reason_code, credit_note.reason_code),
        'currency': upper(credit_note.currency_code),
        'amount': chargebee_net_amount(line, credit_note.price_type, credit_note.currency_code),
        'tax_amount': coalesce(chargebee_amount(line.tax_amount, credit_note.currency_code), 0),
        'credit_note_date': chargebee_day(credit_note.date)
    }
    for line, line_number in credit_note.line_items
];

-- A term of a contract, with what is used of its subscription.
create macro chargebee_term(payload) as
    json_transform(
        payload,
        '{
            "_parent": {"subscription": "VARCHAR", "customer": "VARCHAR", "currency": "VARCHAR"},
            "contract_term": {
                "id": "VARCHAR", "status": "VARCHAR", "action_at_term_end": "VARCHAR", "contract_start": "VARCHAR",
                "contract_end": "VARCHAR", "total_contract_value_before_tax": "VARCHAR", "created_at": "VARCHAR"
            }
        }'
    );

-- A term as it is held.
create macro chargebee_contract_term(subscription, term) as {
    'source': 'chargebee',
    'contract_term_id': term.id,
    'contract_id': subscription.subscription,
    'customer_id': subscription.customer,
    'subscription_id': subscription.subscription,
    'outcome': case
        when term.status = 'active' then 'open'
        when term.status = 'completed' and term.action_at_term_end = 'cancel' then 'lost'
        when term.status = 'completed' then 'renewed'
        when term.status in ('cancelled', 'terminated') then 'lost'
        else coalesce(term.status, 'unknown')
    end,
    'currency': upper(subscription.currency),
    'is_auto_renew': term.action_at_term_end <> 'cancel',
    'contract_amount': chargebee_amount(
        term.total_contract_value_before_tax, subscription.currency
    ),
    'signed_at': chargebee_instant(term.created_at),
    'start_date': chargebee_day(term.contract_start),
    'end_date': chargebee_day(term.contract_end),
    'closed_at': case when term.status = 'completed' then chargebee_instant(term.contract_end) end
};
