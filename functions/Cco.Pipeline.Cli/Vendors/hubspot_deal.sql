-- A deal, as a search finds it.
select
    opportunity_id as id,
    seconds(updated_at) as changed_at,
    {
        'id': opportunity_id,
        'properties': {
            'dealname': name,
            'dealtype': replace(opportunity_type, 'new_business', 'newbusiness'),
            'dealstage': stage,
            'amount': amount,
            'deal_currency_code': currency,
            'hs_arr': arr_amount,
            'hs_num_of_associated_line_items': '1',
            'hs_is_closed': cast(status <> 'open' as varchar),
            'hs_is_closed_won': cast(status = 'won' as varchar),
            'hs_manual_forecast_category': upper(forecast_category),
            'hs_deal_stage_probability': probability,
            'hs_analytics_source': upper(lead_source),
            'closed_lost_reason': loss_reason,
            'closedate': coalesce(closed_at, expected_close_date || 'T12:00:00Z'),
            'hubspot_owner_id': owner_employee_id,
            'hs_primary_associated_company': customer_id,
            'hs_lastmodifieddate': updated_at
        },
        'createdAt': created_at,
        'updatedAt': updated_at,
        'archived': false
    }::json as json
from opportunity
group by all
