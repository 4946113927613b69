create table marts.dim_kpi (
    kpi varchar not null primary key,
    title varchar not null,
    formula varchar not null,
    population varchar not null,
    model_name varchar not null,
    unit varchar not null check (unit in ('ratio', 'points', 'money', 'count', 'days', 'score')),
    direction varchar not null check (direction in ('up', 'down')),
    null_rule varchar not null,
    target_period varchar
        check (target_period in ('month', 'quarter', 'fiscal_year', 'trailing_12_months')),
    owner_name varchar not null,
    target_value double,
    sort_number bigint not null,
    definition_version bigint not null check (definition_version > 0)
);
comment on table marts.dim_kpi is
    'One row per KPI: what its number means, as kpis.yaml says it.';
comment on column marts.dim_kpi.kpi is 'Name of the KPI in fct_kpi.';
comment on column marts.dim_kpi.title is 'Name for people.';
comment on column marts.dim_kpi.formula is 'How it is computed, in words.';
comment on column marts.dim_kpi.population is 'Which customers or records it is about.';
comment on column marts.dim_kpi.model_name is 'Mart it is computed from.';
comment on column marts.dim_kpi.unit is
    'What a value of 1 means. ratio: all of it, so 0.9 is 90 %; points: of an NPS; money: one unit '
    'of the reporting currency; count; days; score: a point of the answers'' scale.';
comment on column marts.dim_kpi.direction is 'up: more is better; down: less is.';
comment on column marts.dim_kpi.null_rule is 'When the value is null.';
comment on column marts.dim_kpi.target_period is
    'Period type that target_value is for. Null: any, or there is no target.';
comment on column marts.dim_kpi.owner_name is 'Who answers for the KPI.';
comment on column marts.dim_kpi.target_value is 'Value to reach, in unit. Null: none is set.';
comment on column marts.dim_kpi.sort_number is 'Place in a list of all KPIs.';
comment on column marts.dim_kpi.definition_version is
    'Version of the definition; a higher one means that the number means something else than before.';
