-- Salesforce's records. Those of a query have values of their types, those of a file have texts: both are read as texts.

-- An instant (UTC) in Salesforce's form.
create macro salesforce_instant(instant) as cast(try_cast(instant as timestamptz) as timestamp);

-- The instant (UTC) at which a day begins.
create macro salesforce_day_start(day) as
    timezone(
        'UTC',
        timezone(
            getvariable('reporting_time_zone'), cast(try_cast(day as date) as timestamp)
        )
    );

-- The origin of a record that says that it was merged into another: Salesforce deletes it, but that stays said.
create macro salesforce_merge_origin(origin) as {
    'stream': origin.stream,
    'file': origin."file",
    'raw_file': origin.raw_file,
    'position': origin.position,
    'record_id': origin.record_id,
    'updated_at': origin.updated_at,
    'extracted_at': origin.extracted_at,
    'run_id': origin.run_id,
    'is_deleted': false
};

-- The user among the owners, who may be queues.
create macro salesforce_user(owner_id) as case when starts_with(owner_id, '005') then owner_id end;

-- An account.
create macro salesforce_account(payload) as
    json_transform(
        payload,
        '{
            "Id": "VARCHAR", "MasterRecordId": "VARCHAR", "ParentId": "VARCHAR", "OwnerId": "VARCHAR", "Name": "VARCHAR",
            "Type": "VARCHAR", "Industry": "VARCHAR", "Website": "VARCHAR", "AccountSource": "VARCHAR",
            "BillingCountry": "VARCHAR", "BillingCountryCode": "VARCHAR", "NumberOfEmployees": "VARCHAR",
            "CurrencyIsoCode": "VARCHAR", "IsPersonAccount": "VARCHAR", "PersonEmail": "VARCHAR", "CreatedDate": "VARCHAR"
        }'
    );

-- The stage of an account in the words of customer; partners, competitors and the like say nothing in these words.
create macro salesforce_lifecycle_stage(account_type) as
    case
        when lower(account_type) = 'prospect' then 'prospect'
        when regexp_matches(lower(account_type), '^customer\b') then 'active'
    end;

-- The kind of an opportunity in the words of opportunity: Salesforce's own choices, and those words themselves, which
-- an org may add to the choices.
create macro salesforce_opportunity_type(opportunity_type) as
    case
        when opportunity_type is null then null
        when lower(opportunity_type) in ('new customer', 'new business', 'new_business')
        then 'new_business'
        when lower(opportunity_type) in (
            'existing customer - upgrade', 'existing business', 'expansion'
        )
        then 'expansion'
        when lower(opportunity_type) in ('renewal', 'services') then lower(opportunity_type)
        else 'other'
    end;

-- Whether an opportunity is open, won or lost; what its stage does not say fails the contract.
create macro salesforce_status(is_closed, is_won) as
    case
        when is_closed = 'false' then 'open'
        when is_closed = 'true' and is_won = 'true' then 'won'
        when is_closed = 'true' and is_won = 'false' then 'lost'
        else 'closed: ' || coalesce(is_closed, 'not said')
            || ', won: ' || coalesce(is_won, 'not said')
    end;

-- The forecast category in the words of opportunity; others fail the contract. What is most likely is less than a
-- commitment.
create macro salesforce_forecast_category(category) as
    case category
        when 'BestCase' then 'best_case'
        when 'MostLikely' then 'best_case'
        when 'Forecast' then 'commit'
        else lower(category)
    end;

-- The status of a case in the words of ticket. Orgs choose their own names: those of Salesforce and the usual ones are
-- known, all others are work in progress.
create macro salesforce_case_status(status) as
    case
        when status is null then null
        when lower(status) = 'new' then 'new'
        when lower(status) in ('pending', 'waiting')
            or regexp_matches(lower(status), '(waiting|pending|awaiting).*(customer|client)')
        then 'pending'
        when lower(status) in ('on hold', 'on-hold', 'hold') then 'on_hold'
        when lower(status) in ('solved', 'resolved') then 'solved'
        when regexp_matches(lower(status), '^closed\b') then 'closed'
        else 'open'
    end;

-- The priority of a case in the words of ticket.
create macro salesforce_priority(priority) as
    case lower(priority) when 'medium' then 'normal' else lower(priority) end;
