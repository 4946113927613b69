-- What the vendors' records are made with.

-- Seconds since 1970, as vendors write instants and days.
create macro seconds(instant) as cast(epoch(cast(instant as timestamptz)) as bigint);

-- An amount in the smallest unit of its currency.
create macro minor(amount, currency) as
    cast(cast(amount as decimal(18, 4)) * case currency when 'JPY' then 1 else 100 end as bigint);
