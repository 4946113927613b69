-- Stripe's objects. Each comes in lists, and again in events with the state after a change; both are read by these.

-- A subscription, with its items and what has been expanded.
create macro stripe_subscription(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "customer": "VARCHAR", "status": "VARCHAR", "currency": "VARCHAR", "created": "VARCHAR",
            "start_date": "VARCHAR", "trial_end": "VARCHAR", "canceled_at": "VARCHAR", "cancel_at": "VARCHAR",
            "cancel_at_period_end": "BOOLEAN", "ended_at": "VARCHAR", "current_period_end": "VARCHAR",
            "cancellation_details": {"feedback": "VARCHAR", "reason": "VARCHAR"},
            "pause_collection": {"behavior": "VARCHAR", "resumes_at": "VARCHAR"},
            "items": {"data": [{
                "id": "VARCHAR", "created": "VARCHAR", "quantity": "VARCHAR", "current_period_end": "VARCHAR",
                "price": {
                    "id": "VARCHAR", "product": "VARCHAR", "currency": "VARCHAR", "unit_amount": "VARCHAR",
                    "unit_amount_decimal": "VARCHAR",
                    "recurring": {"interval": "VARCHAR", "interval_count": "BIGINT", "usage_type": "VARCHAR"},
                    "transform_quantity": {"divide_by": "BIGINT", "round": "VARCHAR"}
                }
            }]}
        }'
    );

-- The billed units of an item: packages, where its price is for packages.
create macro stripe_quantity(quantity, package) as
    case
        when package.divide_by is null then coalesce(try_cast(quantity as decimal(18, 4)), 1)
        when package.round = 'up'
        then try_cast(
            ceil(try_cast(quantity as decimal(18, 4)) / package.divide_by) as decimal(18, 4)
        )
        else try_cast(
            floor(try_cast(quantity as decimal(18, 4)) / package.divide_by) as decimal(18, 4)
        )
    end;

-- The items of a subscription as they are from an instant on.
create macro stripe_items(subscription, since) as [
    {
        'source': 'stripe',
        'subscription_item_id': item.id,
        'valid_from': since,
        'subscription_id': subscription.id,
        'customer_id': subscription.customer,
        'product_id': item.price.product,
        'plan_id': item.price.id,
        'status': case
            when subscription.status = 'incomplete_expired' then 'incomplete'
            when subscription.pause_collection.behavior is not null
                and subscription.status in ('active', 'past_due')
            then 'paused'
            else subscription.status
        end,
        'charge_type': case
            when item.price.recurring.interval is null then 'one_off'
            when item.price.recurring.usage_type = 'metered' then 'usage'
            else 'recurring'
        end,
        'billing_interval': coalesce(item.price.recurring.interval, 'month'),
        'currency': upper(coalesce(item.price.currency, subscription.currency)),
        'churn_type': case subscription.cancellation_details.reason
            when 'payment_failed' then 'involuntary'
            when 'payment_disputed' then 'involuntary'
            when 'cancellation_requested' then 'voluntary'
        end,
        'cancel_reason': coalesce(
            subscription.cancellation_details.feedback, subscription.cancellation_details.reason
        ),
        'billing_interval_count': coalesce(item.price.recurring.interval_count, 1),
        'quantity': stripe_quantity(item.quantity, item.price.transform_quantity),
        'unit_amount': minor_to_major(
            coalesce(item.price.unit_amount_decimal, item.price.unit_amount),
            coalesce(item.price.currency, subscription.currency)
        ),
        'started_at': instant_of_seconds(
            case
                when item.created = subscription.created or item.created is null
                then coalesce(subscription.start_date, subscription.created)
                else item.created
            end
        ),
        'trial_ends_at': instant_of_seconds(subscription.trial_end),
        'resumes_at': instant_of_seconds(subscription.pause_collection.resumes_at),
        'canceled_at': instant_of_seconds(subscription.canceled_at),
        'ends_at': instant_of_seconds(
            coalesce(
                subscription.ended_at,
                subscription.cancel_at,
                case
                    when subscription.cancel_at_period_end
                    then coalesce(item.current_period_end, subscription.current_period_end)
                end
            )
        )
    }
    for item in subscription.items.data
];

-- An invoice, with those of its lines that come with it.
create macro stripe_invoice(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "customer": "VARCHAR", "status": "VARCHAR", "currency": "VARCHAR", "created": "VARCHAR",
            "effective_at": "VARCHAR", "due_date": "VARCHAR", "status_transitions": {"finalized_at": "VARCHAR"},
            "lines": {"data": [{
                "id": "VARCHAR", "amount": "VARCHAR", "currency": "VARCHAR", "description": "VARCHAR", "quantity": "VARCHAR",
                "period": {"start": "VARCHAR", "end": "VARCHAR"},
                "discount_amounts": [{"amount": "VARCHAR"}],
                "taxes": [{"amount": "VARCHAR", "tax_behavior": "VARCHAR"}],
                "pricing": {"price_details": {"price": "VARCHAR", "product": "VARCHAR"}},
                "parent": {
                    "type": "VARCHAR",
                    "invoice_item_details": {"proration": "BOOLEAN", "subscription": "VARCHAR"},
                    "subscription_item_details": {
                        "proration": "BOOLEAN", "subscription": "VARCHAR", "subscription_item": "VARCHAR"
                    }
                }
            }]}
        }'
    );

-- The sum of amounts in minor units.
create macro stripe_sum(amounts) as
    coalesce(list_sum([try_cast(part.amount as decimal(30, 0)) for part in amounts]), 0);

-- The lines of an invoice. An amount comes with tax where the tax is included in the price, and before discounts.
create macro stripe_lines(invoice) as [
    {
        'source': 'stripe',
        'invoice_line_id': line.id,
        'invoice_id': invoice.id,
        'customer_id': invoice.customer,
        'subscription_id': coalesce(
            line.parent.subscription_item_details.subscription,
            line.parent.invoice_item_details.subscription
        ),
        'subscription_item_id': line.parent.subscription_item_details.subscription_item,
        'product_id': line.pricing.price_details.product,
        'plan_id': line.pricing.price_details.price,
        'line_type': case
            when coalesce(
                line.parent.subscription_item_details.proration,
                line.parent.invoice_item_details.proration,
                false
            )
            then 'proration'
            when line.parent.type = 'subscription_item_details' then 'recurring'
            when try_cast(line.amount as decimal(30, 0)) < 0 then 'credit'
            else 'one_off'
        end,
        'invoice_status': coalesce(invoice.status, 'draft'),
        'description': line.description,
        'currency': upper(coalesce(line.currency, invoice.currency)),
        'quantity': coalesce(try_cast(line.quantity as decimal(18, 4)), 1),
        'amount': minor_to_major(
            try_cast(line.amount as decimal(30, 0))
            - stripe_sum(line.discount_amounts)
            - stripe_sum(
                list_filter(line.taxes, lambda tax: tax.tax_behavior = 'inclusive')
            ),
            coalesce(line.currency, invoice.currency)
        ),
        'discount_amount': minor_to_major(
            stripe_sum(line.discount_amounts), coalesce(line.currency, invoice.currency)
        ),
        'tax_amount': minor_to_major(
            stripe_sum(line.taxes), coalesce(line.currency, invoice.currency)
        ),
        'service_start_date': day_of_seconds(line.period.start),
        'service_end_date': day_of_seconds(line.period.end),
        'invoice_date': day_of_seconds(
            coalesce(
                invoice.effective_at, invoice.status_transitions.finalized_at, invoice.created
            )
        ),
        'due_date': day_of_seconds(invoice.due_date)
    }
    for line in invoice.lines.data
];

-- A customer.
create macro stripe_customer(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "name": "VARCHAR", "email": "VARCHAR", "currency": "VARCHAR", "created": "VARCHAR",
            "livemode": "BOOLEAN", "address": {"country": "VARCHAR"}, "preferred_locales": ["VARCHAR"]
        }'
    );

-- A product. Metadata is what the company itself wrote there.
create macro stripe_product(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "name": "VARCHAR", "active": "BOOLEAN", "created": "VARCHAR",
            "metadata": {"product_family": "VARCHAR", "product_type": "VARCHAR", "gross_margin_rate": "VARCHAR"}
        }'
    );

-- A price. Metadata is what the company itself wrote there.
create macro stripe_price(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "product": "VARCHAR", "nickname": "VARCHAR", "active": "BOOLEAN", "currency": "VARCHAR",
            "unit_amount": "VARCHAR", "unit_amount_decimal": "VARCHAR",
            "recurring": {"interval": "VARCHAR", "interval_count": "BIGINT", "usage_type": "VARCHAR"},
            "metadata": {"tier": "VARCHAR", "tier_rank": "VARCHAR"}
        }'
    );

-- How a price is charged.
create macro stripe_charge_type(recurring) as
    case
        when recurring.interval is null then 'one_off'
        when recurring.usage_type = 'metered' then 'usage'
        else 'recurring'
    end;

-- Whether a price is that of a free plan: nothing is paid for an interval, however much is used.
create macro stripe_is_free(price) as
    coalesce(
        stripe_charge_type(price.recurring) = 'recurring'
        and try_cast(coalesce(price.unit_amount_decimal, price.unit_amount) as double) = 0,
        false
    );

-- A change of a record: what it was, when, the record after it, and what it was before where that changed.
create macro stripe_event(payload) as
    json_transform(
        payload,
        '{"type": "VARCHAR", "created": "VARCHAR", "data": {"object": "JSON", "previous_attributes": {"items": "JSON"}}}'
    );
