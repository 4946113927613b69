-- What staging models of several vendors share. What cannot be read is null; the contract says whether that is allowed.

-- An instant (UTC) that is given as seconds since 1970.
create macro instant_of_seconds(seconds) as
    try(make_timestamp(try_cast(try_cast(seconds as decimal(30, 6)) * 1000000 as bigint)));

-- The calendar day (UTC) of such an instant.
create macro day_of_seconds(seconds) as cast(instant_of_seconds(seconds) as date);

-- An amount in the smallest unit of its currency, as payment providers give it, in major units. Currencies without a minor
-- unit and those with three digits are those of ISO 4217; ISK and UGX are given with two digits though they have none.
create macro minor_to_major(amount, currency) as
    try_cast(
        try_cast(amount as decimal(30, 8))
        * case
            when upper(currency) in (
                'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV',
                'XAF', 'XOF', 'XPF'
            )
            then cast(1 as decimal(7, 3))
            when upper(currency) in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND')
            then cast(0.001 as decimal(7, 3))
            else cast(0.01 as decimal(7, 3))
        end as decimal(18, 4)
    );

-- The internet domain of a web address, without www.
create macro web_domain(web_address) as
    nullif(
        regexp_extract(
            lower(trim(web_address)), '^(?:[a-z]+://)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]+)', 1
        ),
        ''
    );
