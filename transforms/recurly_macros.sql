-- Recurly's objects. Amounts are in major units, instants in ISO 8601, always with Z.

-- An instant (UTC).
create macro recurly_instant(instant) as try_cast(left(instant, 19) as timestamp);

-- The calendar day (UTC) of an instant.
create macro recurly_day(instant) as cast(recurly_instant(instant) as date);

-- An amount.
create macro recurly_amount(amount) as
    try_cast(try_cast(amount as decimal(30, 9)) as decimal(18, 4));

-- A price without the tax that is in it.
create macro recurly_net_price(price, is_tax_inclusive, tax_rate) as
    case
        when is_tax_inclusive and try_cast(tax_rate as double) > 0
        then try_cast(
            try_cast(price as decimal(30, 9)) / (1 + try_cast(tax_rate as double)) as decimal(18, 4)
        )
        else recurly_amount(price)
    end;

-- Whether so many months lie between two instants; the clock of the site may have changed by an
-- hour.
create macro recurly_is_months(began_at, ended_at, months) as
    months > 0
    and (
        abs(date_diff('hour', began_at + to_months(cast(months as integer)), ended_at)) <= 2
        or (
            day(began_at) >= 28
            and abs(
                date_diff('day', began_at + to_months(cast(months as integer)), ended_at)
            ) <= 3
        )
    );

-- The interval of a span that holds so many of them. What is no span has an interval that is not
-- known.
create macro recurly_interval(began_at, ended_at, cycles) as
    case
        when began_at is null or ended_at is null or began_at >= ended_at or cycles < 1
        then {'unit': 'unknown', 'length': cast(null as bigint)}
        when recurly_is_months(began_at, ended_at, date_diff('month', began_at, ended_at))
            and date_diff('month', began_at, ended_at) % cycles = 0
        then {'unit': 'month', 'length': date_diff('month', began_at, ended_at) // cycles}
        when date_diff('day', began_at, ended_at) % cycles = 0
        then {'unit': 'day', 'length': date_diff('day', began_at, ended_at) // cycles}
        else {'unit': 'unknown', 'length': cast(null as bigint)}
    end;

-- A subscription.
create macro recurly_subscription(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "account": {"id": "VARCHAR"}, "plan": {"id": "VARCHAR"}, "state": "VARCHAR",
            "currency": "VARCHAR", "quantity": "VARCHAR", "unit_amount": "VARCHAR", "add_ons_total": "VARCHAR",
            "tax_inclusive": "BOOLEAN", "tax_info": {"rate": "VARCHAR"}, "auto_renew": "BOOLEAN",
            "total_billing_cycles": "BIGINT", "expiration_reason": "VARCHAR", "created_at": "VARCHAR",
            "activated_at": "VARCHAR", "trial_started_at": "VARCHAR", "trial_ends_at": "VARCHAR",
            "current_period_started_at": "VARCHAR", "current_period_ends_at": "VARCHAR",
            "current_term_started_at": "VARCHAR", "current_term_ends_at": "VARCHAR",
            "paused_at": "VARCHAR", "canceled_at": "VARCHAR", "expires_at": "VARCHAR"
        }'
    );

-- What all items of a subscription share. A subscription does not name its interval: its term is so
-- many of them.
create macro recurly_terms(subscription, since) as {
    'interval': case
        when subscription.current_term_ends_at is not null
        then recurly_interval(
            recurly_instant(subscription.current_term_started_at),
            recurly_instant(subscription.current_term_ends_at),
            coalesce(subscription.total_billing_cycles, 1)
        )
        else recurly_interval(
            recurly_instant(subscription.current_period_started_at),
            recurly_instant(subscription.current_period_ends_at),
            1
        )
    end,
    'status': case
        when subscription.state in ('active', 'canceled')
            and recurly_instant(subscription.trial_ends_at) > since
        then 'trialing'
        when subscription.state in ('active', 'canceled', 'future') then 'active'
        when subscription.state = 'expired' then 'canceled'
        when subscription.state = 'failed' then 'incomplete'
        else coalesce(subscription.state, 'unknown')
    end,
    'started_at': case
        when subscription.state = 'future'
        then recurly_instant(
            coalesce(subscription.activated_at, subscription.current_period_started_at)
        )
        else coalesce(
            least(
                recurly_instant(subscription.trial_started_at),
                recurly_instant(subscription.activated_at)
            ),
            recurly_instant(subscription.created_at)
        )
    end,
    'ends_at': recurly_instant(
        case
            when subscription.state in ('canceled', 'expired')
            then coalesce(subscription.expires_at, subscription.current_term_ends_at)
            when not subscription.auto_renew then subscription.current_term_ends_at
        end
    )
};

-- The items of a subscription as they are from an instant on: its plan, and all its add-ons as one.
-- An add-on that is taken off leaves no trace but the lower total, which is 0 without add-ons.
create macro recurly_items(subscription, terms, since) as [
    {
        'source': 'recurly',
        'subscription_item_id': item.id,
        'valid_from': since,
        'subscription_id': subscription.id,
        'customer_id': subscription.account.id,
        'product_id': item.product_id,
        'plan_id': item.product_id,
        'status': terms.status,
        'charge_type': 'recurring',
        'billing_interval': terms.interval.unit,
        'currency': upper(subscription.currency),
        'churn_type': case
            when subscription.expiration_reason like 'nonpayment%' then 'involuntary'
            when subscription.expiration_reason = 'canceled' then 'voluntary'
        end,
        'cancel_reason': subscription.expiration_reason,
        'billing_interval_count': terms.interval.length,
        'quantity': item.quantity,
        'unit_amount': item.unit_amount,
        'started_at': terms.started_at,
        'trial_ends_at': recurly_instant(subscription.trial_ends_at),
        'paused_at': recurly_instant(subscription.paused_at),
        'canceled_at': recurly_instant(subscription.canceled_at),
        'ends_at': terms.ends_at
    }
    for item in [
        {
            'id': subscription.id,
            'product_id': subscription.plan.id,
            'quantity': coalesce(try_cast(subscription.quantity as decimal(18, 4)), 1),
            'unit_amount': recurly_net_price(
                subscription.unit_amount,
                subscription.tax_inclusive,
                subscription.tax_info.rate
            )
        },
        {
            'id': subscription.id || '/add_ons',
            'product_id': cast(null as varchar),
            'quantity': cast(1 as decimal(18, 4)),
            'unit_amount': recurly_net_price(
                coalesce(subscription.add_ons_total, '0'),
                subscription.tax_inclusive,
                subscription.tax_info.rate
            )
        }
    ]
];

-- An invoice, with those of its lines that come with it.
create macro recurly_invoice(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "type": "VARCHAR", "origin": "VARCHAR", "state": "VARCHAR", "account": {"id": "VARCHAR"},
            "currency": "VARCHAR", "created_at": "VARCHAR", "due_at": "VARCHAR", "previous_invoice_id": "VARCHAR",
            "has_more_line_items": "BOOLEAN",
            "transactions": [{"id": "VARCHAR", "type": "VARCHAR"}],
            "credit_payments": [{"action": "VARCHAR"}],
            "line_items": [{
                "id": "VARCHAR", "type": "VARCHAR", "origin": "VARCHAR", "subscription_id": "VARCHAR", "plan_id": "VARCHAR",
                "add_on_id": "VARCHAR", "item_id": "VARCHAR", "description": "VARCHAR", "currency": "VARCHAR",
                "quantity": "VARCHAR", "quantity_decimal": "VARCHAR", "subtotal": "VARCHAR", "discount": "VARCHAR",
                "tax": "VARCHAR", "tax_inclusive": "BOOLEAN", "proration_rate": "VARCHAR", "credit_reason_code": "VARCHAR",
                "start_date": "VARCHAR", "end_date": "VARCHAR", "previous_line_item_id": "VARCHAR",
                "original_line_item_invoice_id": "VARCHAR"
            }]
        }'
    );

-- A line of an invoice that has more lines than come with it, as that invoice with this line alone.
create macro recurly_invoice_of_line(payload) as
    recurly_invoice(
        json_object(
            'id', payload ->> '$._parent.id',
            'type', payload ->> '$._parent.type',
            'origin', payload ->> '$._parent.origin',
            'state', payload ->> '$._parent.state',
            'account', try_cast(payload ->> '$._parent.account' as json),
            'currency', payload ->> '$._parent.currency',
            'created_at', payload ->> '$._parent.created_at',
            'due_at', payload ->> '$._parent.due_at',
            'previous_invoice_id', payload ->> '$._parent.previous_invoice_id',
            'transactions', try_cast(payload ->> '$._parent.transactions' as json),
            'credit_payments', try_cast(payload ->> '$._parent.credit_payments' as json),
            'line_items', json_array(cast(payload as json))
        )
    );

-- A line's amount without tax and after discounts, without its sign: a discount and a tax have the
-- sign of their line.
create macro recurly_net_amount(line) as
    recurly_amount(
        abs(try_cast(line.subtotal as decimal(30, 9)))
        - abs(coalesce(try_cast(line.discount as decimal(30, 9)), 0))
        - case
            when line.tax_inclusive then abs(coalesce(try_cast(line.tax as decimal(30, 9)), 0))
            else 0
        end
    );

-- The lines of a charge invoice.
create macro recurly_lines(invoice) as [
    {
        'source': 'recurly',
        'invoice_line_id': line.id,
        'invoice_id': invoice.id,
        'customer_id': invoice.account.id,
        'subscription_id': line.subscription_id,
        'subscription_item_id': case
            when line.origin in ('plan', 'plan_trial') then line.subscription_id
            when line.origin in ('add_on', 'add_on_trial') then line.subscription_id || '/add_ons'
        end,
        'product_id': coalesce(
            line.item_id, case when line.add_on_id is null then line.plan_id end
        ),
        'plan_id': coalesce(line.add_on_id, line.plan_id),
        'line_type': case
            when line.origin = 'coupon' then 'discount'
            when line.origin in ('plan', 'plan_trial', 'add_on', 'add_on_trial')
                and (line.type = 'credit' or try_cast(line.proration_rate as double) < 1)
            then 'proration'
            when line.type = 'credit' or line.origin in ('credit', 'carryforward') then 'credit'
            when line.origin in ('plan', 'plan_trial', 'add_on', 'add_on_trial') then 'recurring'
            when line.origin in ('debit', 'one_time', 'setup_fee', 'prepayment') then 'one_off'
            else coalesce(line.origin, 'unknown')
        end,
        'invoice_status': case
            when invoice.state in ('open', 'pending', 'processing', 'past_due') then 'open'
            when invoice.state = 'failed' then 'uncollectible'
            when invoice.state = 'voided' then 'void'
            else coalesce(invoice.state, 'unknown')
        end,
        'description': line.description,
        'currency': upper(coalesce(line.currency, invoice.currency)),
        'quantity': coalesce(
            try_cast(coalesce(line.quantity_decimal, line.quantity) as decimal(18, 4)), 1
        ),
        'amount': try_cast(
            recurly_net_amount(line) * sign(try_cast(line.subtotal as decimal(30, 9)))
            as decimal(18, 4)
        ),
        'discount_amount': abs(coalesce(recurly_amount(line.discount), 0)),
        'tax_amount': coalesce(recurly_amount(line.tax), 0),
        'service_start_date': case
            when line.end_date is not null then recurly_day(line.start_date)
        end,
        'service_end_date': case
            when line.start_date is not null then recurly_day(line.end_date)
        end,
        'invoice_date': recurly_day(invoice.created_at),
        'due_date': recurly_day(invoice.due_at)
    }
    for line in invoice.line_items
];

-- The lines of a credit invoice, each with its number. Gift cards and credits that are only carried
-- on lower no invoice.
create macro recurly_credits(invoice) as [
    {
        'source': 'recurly',
        'credit_note_id': invoice.id,
        'line_number': line_number,
        'invoice_id': coalesce(line.original_line_item_invoice_id, invoice.previous_invoice_id),
        'invoice_line_id': line.previous_line_item_id,
        'customer_id': invoice.account.id,
        'product_id': coalesce(
            line.item_id, case when line.add_on_id is null then line.plan_id end
        ),
        'payment_id': list_filter(
            invoice.transactions, lambda movement: movement.type = 'refund'
        )[1].id,
        'credit_note_status': case
            when invoice.state = 'voided' then 'void'
            when invoice.state in ('open', 'pending', 'processing', 'past_due', 'paid', 'closed')
            then 'issued'
            else coalesce(invoice.state, 'unknown')
        end,
        'settlement': case
            when len(
                list_filter(invoice.transactions, lambda movement: movement.type = 'refund')
            ) > 0
            then 'refund'
            when invoice.origin = 'external_refund' then 'outside'
            when invoice.origin in ('write_off', 'open_amount_refund')
                or len(
                    list_filter(
                        invoice.credit_payments,
                        lambda used: used.action in ('reduction', 'write_off')
                    )
                ) > 0
            then 'invoice'
            else 'balance'
        end,
        'reason': coalesce(line.credit_reason_code, invoice.origin),
        'currency': upper(coalesce(line.currency, invoice.currency)),
        'amount': recurly_net_amount(line),
        'tax_amount': abs(coalesce(recurly_amount(line.tax), 0)),
        'credit_note_date': recurly_day(invoice.created_at)
    }
    for line, line_number in invoice.line_items
    if invoice.type = 'credit'
        and coalesce(invoice.origin, '') not in (
            'carryforward_credit', 'carryforward_gift_credit', 'gift_card', 'prepayment'
        )
];

-- What the company itself wrote into a field of its own; null: nothing.
create macro recurly_custom_field(fields, wanted) as
    list_filter(fields, lambda field: field.name = wanted)[1].value;

-- A plan.
create macro recurly_plan(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "name": "VARCHAR", "state": "VARCHAR", "interval_unit": "VARCHAR", "interval_length": "BIGINT",
            "currencies": [{"currency": "VARCHAR", "unit_amount": "VARCHAR"}],
            "custom_fields": [{"name": "VARCHAR", "value": "VARCHAR"}],
            "created_at": "VARCHAR", "deleted_at": "VARCHAR"
        }'
    );
