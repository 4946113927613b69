-- HubSpot's records. The values are in properties, all of them as texts; none is an empty text or null.

-- An instant (UTC) in HubSpot's form.
create macro hubspot_instant(instant) as cast(try_cast(instant as timestamptz) as timestamp);

-- The ids of a record that were parted by semicolons, such as those of the records merged into it.
create macro hubspot_ids(ids) as
    list_filter(
        [trim(id) for id in string_split(coalesce(ids, ''), ';')], lambda id: id <> ''
    );

-- A company with the earlier values of its properties, newest first.
create macro hubspot_company_history(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "createdAt": "VARCHAR",
            "propertiesWithHistory": {
                "name": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "domain": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "industry": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "country": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "numberofemployees": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "lifecyclestage": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "hubspot_owner_id": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "hs_parent_company_id": [{"timestamp": "VARCHAR", "value": "VARCHAR"}],
                "hs_analytics_source": [{"timestamp": "VARCHAR", "value": "VARCHAR"}]
            }
        }'
    );

-- When a property changed.
create macro hubspot_change_instants(changes) as
    coalesce([hubspot_instant(change.timestamp) for change in changes], []);

-- What a property was at an instant: the latest value set until then.
create macro hubspot_value_at(changes, instant) as
    list_reverse_sort([
        {'changed_at': hubspot_instant(change.timestamp), 'value': change.value}
        for change in changes
        if hubspot_instant(change.timestamp) <= instant
    ])[1].value;

-- A company.
create macro hubspot_company(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "createdAt": "VARCHAR", "updatedAt": "VARCHAR", "archivedAt": "VARCHAR",
            "properties": {
                "name": "VARCHAR", "domain": "VARCHAR", "industry": "VARCHAR", "country": "VARCHAR",
                "numberofemployees": "VARCHAR", "lifecyclestage": "VARCHAR", "hubspot_owner_id": "VARCHAR",
                "hs_parent_company_id": "VARCHAR", "hs_analytics_source": "VARCHAR",
                "hs_merged_object_ids": "VARCHAR", "salesforceaccountid": "VARCHAR"
            }
        }'
    );

-- The internet domain of a company, without www.
create macro hubspot_domain(domain) as
    nullif(regexp_replace(lower(trim(domain)), '^www\.', ''), '');

-- The stage of a company in the words of customer. Stages that an account made for itself, and other, say nothing in
-- these words.
create macro hubspot_lifecycle_stage(stage) as
    case stage
        when 'subscriber' then 'lead'
        when 'lead' then 'lead'
        when 'marketingqualifiedlead' then 'lead'
        when 'salesqualifiedlead' then 'prospect'
        when 'opportunity' then 'prospect'
        when 'customer' then 'active'
        when 'evangelist' then 'active'
    end;

-- A contact.
create macro hubspot_contact(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "createdAt": "VARCHAR", "updatedAt": "VARCHAR", "archivedAt": "VARCHAR",
            "properties": {
                "firstname": "VARCHAR", "lastname": "VARCHAR", "email": "VARCHAR", "phone": "VARCHAR",
                "mobilephone": "VARCHAR", "jobtitle": "VARCHAR", "hs_buying_role": "VARCHAR",
                "hs_language": "VARCHAR", "hs_email_optout": "VARCHAR", "associatedcompanyid": "VARCHAR",
                "hs_merged_object_ids": "VARCHAR"
            }
        }'
    );

-- A name of its parts, as far as they are known.
create macro hubspot_name(first_name, last_name) as
    nullif(trim(concat_ws(' ', nullif(first_name, ''), nullif(last_name, ''))), '');

-- A deal.
create macro hubspot_deal(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "createdAt": "VARCHAR", "updatedAt": "VARCHAR", "archivedAt": "VARCHAR",
            "properties": {
                "dealname": "VARCHAR", "dealtype": "VARCHAR", "dealstage": "VARCHAR", "amount": "VARCHAR",
                "deal_currency_code": "VARCHAR", "hs_arr": "VARCHAR", "hs_num_of_associated_line_items": "VARCHAR",
                "hs_is_closed": "VARCHAR", "hs_is_closed_won": "VARCHAR", "hs_manual_forecast_category": "VARCHAR",
                "hs_deal_stage_probability": "VARCHAR", "hs_analytics_source": "VARCHAR",
                "closed_lost_reason": "VARCHAR", "closedate": "VARCHAR", "hubspot_owner_id": "VARCHAR",
                "hs_primary_associated_company": "VARCHAR", "hs_merged_object_ids": "VARCHAR"
            }
        }'
    );

-- The kind of a deal in the words of opportunity: HubSpot's own two, and those words themselves, which an account may
-- add to the choices.
create macro hubspot_opportunity_type(deal_type) as
    case
        when nullif(deal_type, '') is null then null
        when deal_type = 'newbusiness' then 'new_business'
        when deal_type = 'existingbusiness' then 'expansion'
        when lower(deal_type) in ('new_business', 'expansion', 'renewal', 'services')
        then lower(deal_type)
        else 'other'
    end;

-- Whether a deal is open, won or lost; what its stage does not say fails the contract.
create macro hubspot_status(is_closed, is_closed_won) as
    case
        when is_closed = 'false' then 'open'
        when is_closed = 'true' and is_closed_won = 'true' then 'won'
        when is_closed = 'true' and is_closed_won = 'false' then 'lost'
        else 'closed: ' || coalesce(is_closed, 'not said')
            || ', won: ' || coalesce(is_closed_won, 'not said')
    end;

-- The forecast category in the words of opportunity; others fail the contract.
create macro hubspot_forecast_category(category) as
    case category when 'OMIT' then 'omitted' else lower(nullif(category, '')) end;

-- The currency of a deal; an account with one currency names none, and has that of the reports.
create macro hubspot_currency(currency) as
    upper(coalesce(nullif(currency, ''), getvariable('reporting_currency')));

-- An opportunity, as its deal is.
create macro hubspot_opportunity(deal) as {
    'source': 'hubspot',
    'opportunity_id': deal.id,
    'customer_id': deal.properties.hs_primary_associated_company,
    'owner_employee_id': deal.properties.hubspot_owner_id,
    'name': deal.properties.dealname,
    'opportunity_type': hubspot_opportunity_type(deal.properties.dealtype),
    'stage': deal.properties.dealstage,
    'status': hubspot_status(deal.properties.hs_is_closed, deal.properties.hs_is_closed_won),
    'forecast_category': hubspot_forecast_category(deal.properties.hs_manual_forecast_category),
    'lead_source': lower(deal.properties.hs_analytics_source),
    'loss_reason': case
        when hubspot_status(deal.properties.hs_is_closed, deal.properties.hs_is_closed_won)
            = 'lost'
        then deal.properties.closed_lost_reason
    end,
    'currency': hubspot_currency(deal.properties.deal_currency_code),
    'amount': deal.properties.amount,
    -- Made of line items: without any it is not known, whatever it says.
    'arr_amount': case
        when try_cast(deal.properties.hs_num_of_associated_line_items as double) > 0
        then deal.properties.hs_arr
    end,
    'probability': deal.properties.hs_deal_stage_probability,
    'created_at': hubspot_instant(deal.createdAt),
    -- A day is picked, and kept as an instant of it where it was picked.
    'expected_close_date': cast(local_time(hubspot_instant(deal.properties.closedate)) as date),
    'closed_at': case
        when deal.properties.hs_is_closed = 'true'
        then hubspot_instant(deal.properties.closedate)
    end
};

-- A person, as the contact is.
create macro hubspot_person(contact) as {
    'source': 'hubspot',
    'contact_id': contact.id,
    'customer_id': contact.properties.associatedcompanyid,
    'name': hubspot_name(contact.properties.firstname, contact.properties.lastname),
    'email': contact.properties.email,
    'phone': coalesce(
        nullif(contact.properties.phone, ''), nullif(contact.properties.mobilephone, '')
    ),
    'job_title': contact.properties.jobtitle,
    'role': lower(split_part(contact.properties.hs_buying_role, ';', 1)),
    'language': contact.properties.hs_language,
    'is_opted_out': coalesce(lower(contact.properties.hs_email_optout) = 'true', false),
    'created_at': hubspot_instant(contact.createdAt)
};

-- An owner.
create macro hubspot_owner(payload) as
    json_transform(
        payload,
        '{
            "id": "VARCHAR", "email": "VARCHAR", "type": "VARCHAR", "firstName": "VARCHAR", "lastName": "VARCHAR",
            "updatedAt": "VARCHAR", "teams": [{"name": "VARCHAR", "primary": "BOOLEAN"}]
        }'
    );

-- The name of the team that an owner belongs to first.
create macro hubspot_team(teams) as
    [team.name for team in teams if team.primary][1];
