-- An opportunity. Its probability is a whole per cent, its close date the day on which it was or is
-- to be decided.
select
    opportunity_id as id,
    seconds(updated_at) as changed_second,
    {
        'Id': opportunity_id,
        'IsDeleted': false,
        'AccountId': customer_id,
        'Name': opportunity_id,
        'StageName': stage,
        'Amount': cast(amount as double),
        'Probability': round(100 * cast(probability as decimal(18, 4)))::double,
        'CloseDate': coalesce(closed_at[:10], expected_close_date),
        'Type': case opportunity_type
            when 'new_business' then 'New Business'
            when 'expansion' then 'Existing Business'
            when 'renewal' then 'Renewal'
        end,
        'LeadSource': capitalised(lead_source),
        'IsClosed': status <> 'open',
        'IsWon': status = 'won',
        'ForecastCategory': case
            when status = 'lost' then 'Omitted'
            when forecast_category = 'best_case' then 'BestCase'
            when forecast_category = 'commit' then 'Forecast'
            else capitalised(forecast_category)
        end,
        'CurrencyIsoCode': currency,
        'OwnerId': user_id(owner_employee_id),
        'CreatedDate': rest_instant(created_at),
        'SystemModstamp': rest_instant(updated_at)
    }::json as json
from opportunity
group by all
