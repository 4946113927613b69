-- Each product, plan and employee that a source lists is in its dimension once, and nothing else is listed there.
with

sides as (
    select
        'product' as entity,
        source || ':' || product_id as entity_key,
        1 as conformed_count,
        0 as published_count
    from product
    union all
    select
        'plan',
        source || ':' || plan_id,
        1,
        0
    from plan
    union all
    select
        'employee',
        source || ':' || employee_id,
        1,
        0
    from employee
    group by all
    union all
    select
        'product',
        product_key,
        0,
        1
    from dim_product
    where is_listed
    union all
    select
        'plan',
        plan_key,
        0,
        1
    from dim_plan
    where is_listed
    union all
    select
        'employee',
        employee_key,
        0,
        1
    from dim_employee
    where is_listed
),

final as (
    select
        entity,
        entity_key,
        cast(sum(conformed_count) as bigint) as conformed_count,
        cast(sum(published_count) as bigint) as published_count
    from sides
    group by all
    having sum(conformed_count) <> 1 or sum(published_count) <> 1
)

select * from final
