-- What the records of SurveyMonkey are made with.

-- An answer of the company's own surveys with the survey that asks just this: its nickname says what.
create view asked_response as
select
    *,
    concat_ws('_', survey_id, scale_max, case when is_reversed = 'true' then 'reversed' end) as asked_id,
    case
        when survey_type = 'nps' then concat_ws(' ', survey_type, survey_kind)
        else concat_ws(
            ' ',
            survey_type,
            scale_min || '-' || scale_max,
            survey_kind,
            case when is_reversed = 'true' then 'reversed' end
        )
    end as nickname
from survey_response
where score is not null
qualify row_number() over (partition by survey_response_id order by updated_at desc) = 1;
