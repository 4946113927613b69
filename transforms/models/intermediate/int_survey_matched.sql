-- Grain: one row per survey invitation and per survey answer, matched to its person and customer.
-- Scope: company
-- Decisions: "Whose answer it is", "One customer in several systems".
with

contacts as (
    select
        source,
        contact_id,
        customer_id,
        lower(trim(email)) as address
    from contact
),

-- One row per customer of a source.
customer_identities as (
    select
        source,
        customer_id,
        concat_ws(':', source, customer_id) as customer_key,
        lower(trim(arg_max(email, valid_from))) as address,
        arg_max(lower(trim(domain)), valid_from) as domain,
        arg_max(customer_type, valid_from) as customer_type,
        arg_max(is_test, valid_from) as is_test,
        min(deleted_at) as deleted_at
    from customer
    group by all
),

-- What a customer is reported under, and from when; its first version also holds before.
customer_attributes as (
    select
        source,
        customer_id,
        segment,
        region,
        industry,
        size_band,
        if(
            row_number() over (partition by source, customer_id order by valid_from) = 1,
            timestamp '0001-01-01',
            valid_from
        ) as holds_from
    from customer
),

survey_records as (
    select
        'answer' as record_type,
        survey_response.source,
        survey_response.survey_response_id as record_id,
        coalesce(survey_response.customer_id, survey_invitation.customer_id) as customer_id,
        coalesce(survey_response.contact_id, survey_invitation.contact_id) as contact_id,
        lower(trim(coalesce(
            survey_response.respondent_email, survey_invitation.recipient_email
        ))) as address,
        coalesce(survey_response.survey_id, survey_invitation.survey_id) as survey_id,
        coalesce(survey_response.journey_step, survey_invitation.journey_step) as journey_step,
        coalesce(survey_response.channel, survey_invitation.channel) as channel,
        survey_response.answered_at as occurred_at
    from survey_response
    left join survey_invitation
        on survey_response.source = survey_invitation.source
        and survey_response.survey_invitation_id = survey_invitation.survey_invitation_id
    union all
    select
        'invitation' as record_type,
        source,
        survey_invitation_id as record_id,
        customer_id,
        contact_id,
        lower(trim(recipient_email)) as address,
        survey_id,
        journey_step,
        channel,
        coalesce(sent_at, delivered_at) as occurred_at
    from survey_invitation
),

-- An address that several contacts of one source share says nothing about the person.
shared_addresses as (
    select address
    from contacts
    where address is not null
    group by all
    having count(*) > count(distinct source)
),

address_owners as (
    select
        contacts.address,
        customer_identities.source,
        customer_identities.customer_id,
        customer_identities.customer_key
    from contacts
    inner join customer_identities -- a contact of no known customer leads nowhere
        on contacts.source = customer_identities.source
        and contacts.customer_id = customer_identities.customer_id
    where contacts.address is not null
    union all
    select address, source, customer_id, customer_key
    from customer_identities
    where address is not null
),

owners_in_source as (
    select
        source,
        address,
        min(customer_id) as customer_id
    from address_owners
    group by all
    having count(distinct customer_key) = 1
),

owners_anywhere as (
    select
        address,
        min({'source': source, 'customer_id': customer_id}) as owner
    from address_owners
    group by all
    having count(distinct customer_key) = 1
),

domain_owners as (
    select
        domain,
        min({'source': source, 'customer_id': customer_id}) as owner
    from customer_identities
    where customer_type = 'business' and domain is not null
    group by all
    having count(distinct customer_key) = 1
),

records_with_contact as (
    select
        survey_records.* replace (
            coalesce(survey_records.address, contacts.address) as address
        ),
        contacts.customer_id as contact_customer_id,
        coalesce(contacts.address, survey_records.address) as person_address
    from survey_records
    left join contacts
        on survey_records.source = contacts.source
        and survey_records.contact_id = contacts.contact_id
),

-- The surest way first; what leads to two customers leads to none.
matched_records as (
    select
        records_with_contact.*,
        shared_addresses.address is not null as is_address_shared,
        case
            when stated.customer_id is not null then 'customer_id'
            when of_contact.customer_id is not null then 'contact_id'
            when owners_in_source.customer_id is not null then 'email_in_source'
            when owners_anywhere.owner is not null then 'email'
            when domain_owners.owner is not null then 'domain'
            else 'none'
        end as match_method,
        case match_method
            when 'customer_id'
                then {'source': stated.source, 'customer_id': stated.customer_id}
            when 'contact_id'
                then {'source': of_contact.source, 'customer_id': of_contact.customer_id}
            when 'email_in_source'
                then {
                    'source': owners_in_source.source,
                    'customer_id': owners_in_source.customer_id
                }
            when 'email' then owners_anywhere.owner
            when 'domain' then domain_owners.owner
        end as owner
    from records_with_contact
    left join customer_identities as stated
        on records_with_contact.source = stated.source
        and records_with_contact.customer_id = stated.customer_id
    left join customer_identities as of_contact
        on records_with_contact.source = of_contact.source
        and records_with_contact.contact_customer_id = of_contact.customer_id
    left join owners_in_source
        on records_with_contact.source = owners_in_source.source
        and records_with_contact.address = owners_in_source.address
    left join owners_anywhere
        on records_with_contact.address = owners_anywhere.address
    left join domain_owners
        on split_part(records_with_contact.address, '@', 2) = domain_owners.domain
    left join shared_addresses
        on records_with_contact.person_address = shared_addresses.address
),

identities as (
    select * from int_customer_identity
),

final as (
    select
        -- keys
        matched_records.record_type,
        matched_records.source,
        matched_records.record_id,
        identities.own_customer_key as customer_key,
        case
            when matched_records.person_address is not null
                and not matched_records.is_address_shared
                then concat_ws(':', 'address', matched_records.person_address)
            when matched_records.contact_id is not null
                then concat_ws(':', 'contact', matched_records.source, matched_records.contact_id)
            when matched_records.person_address is not null
                then concat_ws(':', 'address', matched_records.person_address)
        end as person_key,

        -- attributes
        matched_records.match_method,
        customer_attributes.segment,
        customer_attributes.region,
        customer_attributes.industry,
        customer_attributes.size_band,
        matched_records.survey_id,
        matched_records.journey_step,
        matched_records.channel,

        -- flags
        coalesce(customer_identities.is_test, false) as is_test_customer,
        coalesce(customer_identities.deleted_at <= matched_records.occurred_at, false)
            as is_after_deletion
    from matched_records
    left join customer_identities
        on matched_records.owner.source = customer_identities.source
        and matched_records.owner.customer_id = customer_identities.customer_id
    left join identities
        on matched_records.owner.source = identities.source
        and matched_records.owner.customer_id = identities.customer_id
    asof left join customer_attributes
        on matched_records.owner.source = customer_attributes.source
        and matched_records.owner.customer_id = customer_attributes.customer_id
        and coalesce(matched_records.occurred_at, timestamp '0001-01-01')
            >= customer_attributes.holds_from
)

select * from final
