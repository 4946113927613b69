create table marts.fct_survey_score (
    survey_type varchar not null check (survey_type in ('nps', 'csat', 'ces')),
    survey_kind varchar not null check (survey_kind in ('relationship', 'transactional')),
    period_type varchar not null
        check (period_type in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    period_start date not null check (period_start = first_of_month(period_start)),
    period_end date not null check (period_end > period_start),
    segment_dimension varchar not null check (
        segment_dimension in (
            'all', 'segment', 'region', 'industry', 'size_band', 'survey_id', 'journey_step',
            'channel'
        )
    ),
    segment_value varchar not null,
    is_complete boolean not null,
    is_small_sample boolean not null,
    is_significant_change boolean not null,
    answered_count bigint not null check (answered_count >= 0),
    promoter_count bigint,
    passive_count bigint,
    detractor_count bigint,
    top_box_count bigint,
    top_box_rate double check (top_box_rate between 0 and 1),
    strict_top_box_count bigint,
    strict_top_box_rate double check (strict_top_box_rate between 0 and 1),
    score_sum decimal(18, 4) not null,
    mean_score double,
    score double,
    margin_of_error double check (margin_of_error >= 0),
    lower_bound double,
    upper_bound double,
    previous_answered_count bigint not null,
    previous_score double,
    score_change double,
    delivered_count bigint not null,
    responded_count bigint not null check (responded_count >= 0),
    response_rate double check (response_rate between 0 and 1),
    unmatched_count bigint not null,
    replaced_count bigint not null check (replaced_count >= 0),
    flip_count bigint not null,
    unscored_count bigint not null,
    unusable_count bigint not null,
    check (lower_bound <= upper_bound),
    check (responded_count <= delivered_count),
    check (unmatched_count <= answered_count),
    check (promoter_count + passive_count + detractor_count = answered_count),
    check ((survey_type = 'nps') = (promoter_count is not null)),
    check ((survey_type = 'nps') = (top_box_count is null)),
    check ((answered_count = 0) = (score is null)),
    primary key (
        survey_type, survey_kind, period_type, period_start, segment_dimension, segment_value
    )
);
comment on table marts.fct_survey_score is
    'One row per survey type, survey kind, period and segment in which somebody was asked or '
    'answered. Counts do not add up over periods, since a person counts once in each, nor over '
    'the values of survey_id, journey_step and channel, since a person counts once in each.';
comment on column marts.fct_survey_score.survey_type is
    'nps: would you recommend us; csat: how satisfied are you; ces: how easy was it.';
comment on column marts.fct_survey_score.survey_kind is
    'relationship: about us as a whole; transactional: about one event. Never pooled.';
comment on column marts.fct_survey_score.period_type is
    'month, quarter (of the fiscal year), fiscal_year, or trailing_12_months: the twelve months '
    'that end with each month.';
comment on column marts.fct_survey_score.period_start is
    'First day of the period, on the clock of the reports.';
comment on column marts.fct_survey_score.period_end is 'First day after the period.';
comment on column marts.fct_survey_score.segment_dimension is
    'What the row is about: all; segment, region, industry, size_band of the customer, as it was '
    'when the answer was given; survey_id, journey_step or channel of the survey.';
comment on column marts.fct_survey_score.segment_value is
    'Value of the dimension; unknown where the customer or the value is not known; all for all.';
comment on column marts.fct_survey_score.is_complete is
    'True once the whole period is covered; until then the row says how it stands so far.';
comment on column marts.fct_survey_score.is_small_sample is
    'True below 30 answers: the score says little, and the interval of an NPS is the adjusted one.';
comment on column marts.fct_survey_score.is_significant_change is
    'True if score_change is larger than chance explains, 95 times in 100. False where there is '
    'nothing to compare.';
comment on column marts.fct_survey_score.answered_count is
    'Answers that count (n): the latest of each person in the period; of CSAT and CES about an '
    'event the last of each event, in the period it was given in.';
comment on column marts.fct_survey_score.promoter_count is
    'NPS answers 9 and 10. Null: not NPS.';
comment on column marts.fct_survey_score.passive_count is 'NPS answers 7 and 8. Null: not NPS.';
comment on column marts.fct_survey_score.detractor_count is 'NPS answers 0 to 6. Null: not NPS.';
comment on column marts.fct_survey_score.top_box_count is
    'CSAT: answers in the top two of 4 to 11 points, or the top one of 2 or 3; CES: 5 to 7. Null: '
    'NPS.';
comment on column marts.fct_survey_score.top_box_rate is
    'top_box_count / answered_count. Null: NPS, or nobody answered.';
comment on column marts.fct_survey_score.strict_top_box_count is
    'CES answers 6 and 7. Null: not CES.';
comment on column marts.fct_survey_score.strict_top_box_rate is
    'strict_top_box_count / answered_count. Null: not CES, or nobody answered.';
comment on column marts.fct_survey_score.score_sum is
    'Sum of the answers, NPS on 0 to 10, CSAT on 1 to 5, CES on 1 to 7: the numerator of '
    'mean_score.';
comment on column marts.fct_survey_score.mean_score is
    'score_sum / answered_count. CSAT of other scales is brought to 1 to 5 in a straight line. '
    'Null: nobody answered.';
comment on column marts.fct_survey_score.score is
    'The KPI itself. NPS: 100 x (promoters - detractors) / answers, in points; CSAT: top_box_rate; '
    'CES: mean_score. Null: nobody answered.';
comment on column marts.fct_survey_score.margin_of_error is
    'Half the width of the 95 % interval, in the unit of score, to six decimals. Null: nobody '
    'answered, or one CES answer.';
comment on column marts.fct_survey_score.lower_bound is
    'Lower end of the 95 % interval: NPS around the score (below 30 answers the adjusted Wald '
    'interval, around the adjusted score), CSAT Wilson, CES from the standard error. Null: as '
    'margin_of_error.';
comment on column marts.fct_survey_score.upper_bound is 'Upper end of the same interval.';
comment on column marts.fct_survey_score.previous_answered_count is
    'answered_count of the period that ends where this one begins: for trailing_12_months the '
    'twelve months before. 0: nobody answered then.';
comment on column marts.fct_survey_score.previous_score is
    'score of that period. Null: nobody answered then.';
comment on column marts.fct_survey_score.score_change is
    'score - previous_score. Null: one of them is null.';
comment on column marts.fct_survey_score.delivered_count is
    'Invitations sent in the period that arrived, or were answered.';
comment on column marts.fct_survey_score.responded_count is
    'Those of them answered with a score up to now, in whichever period.';
comment on column marts.fct_survey_score.response_rate is
    'responded_count / delivered_count. Null: nobody was invited.';
comment on column marts.fct_survey_score.unmatched_count is
    'Counted answers whose customer is not known; they stand under unknown.';
comment on column marts.fct_survey_score.replaced_count is
    'Answers given in the period that do not count because a later one does.';
comment on column marts.fct_survey_score.flip_count is
    'Ratings of an event given in the period that changed side against the rating before, such as '
    'from satisfied to not.';
comment on column marts.fct_survey_score.unscored_count is
    'Answers with a comment but no score, which count for sentiment only.';
comment on column marts.fct_survey_score.unusable_count is
    'Answers on a scale the KPI has no rule for, which do not count.';
