-- Grain: one row per day and currency of an answer; days without a rate have none.
-- Scope: company
with

answers as (
    select
        origin,
        json_transform(
            payload,
            '{
                "header": {"prepared": "VARCHAR"},
                "dataSets": [{"series": "JSON"}],
                "structure": {"dimensions": {
                    "series": [{"id": "VARCHAR", "values": [{"id": "VARCHAR"}]}],
                    "observation": [{"id": "VARCHAR", "values": [{"id": "VARCHAR"}]}]
                }}
            }'
        ) as answer
    from raw.ecb__exchange_rate
),

-- A series is named by the places of its values in the lists of its dimensions, such as 0:3:0:0:0;
-- so is an observation.
data_sets as (
    select
        origin,
        answer.header.prepared as prepared_at,
        answer.structure.dimensions.series as dimensions,
        answer.structure.dimensions.observation[1]."values" as days,
        unnest(answer.dataSets).series as all_series
    from answers
),

series as (
    select *, unnest(json_keys(all_series)) as series_name
    from data_sets
),

series_observations as (
    select
        * exclude (dimensions, all_series),
        [
            dimension."values"[try_cast(split_part(series_name, ':', place) as bigint) + 1].id
            for dimension, place in dimensions if dimension.id = 'CURRENCY'
        ][1] as currency,
        [
            dimension."values"[try_cast(split_part(series_name, ':', place) as bigint) + 1].id
            for dimension, place in dimensions if dimension.id = 'CURRENCY_DENOM'
        ][1] as base_currency,
        all_series -> ('$."' || series_name || '".observations') as observations
    from series
),

observations as (
    select *, unnest(json_keys(observations)) as observation_name
    from series_observations
),

rates as (
    select *, observations ->> ('$."' || observation_name || '"[0]') as rate
    from observations
),

final as (
    select
        origin,
        -- keys
        'ecb' as source,
        days[cast(try_cast(observation_name as integer) as bigint) + 1].id as rate_date,
        base_currency as from_currency,
        currency as to_currency,

        -- measures
        rate,

        -- times
        prepared_at as updated_at
    from rates
    where coalesce(rate, 'NaN') <> 'NaN'
)

select * from final
