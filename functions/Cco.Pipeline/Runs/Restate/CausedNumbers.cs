using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Brings numbers that differ together with the records of the customers whose part of them changed.</summary>
/// <param name="session">The run that has built anew, with the records and their customers.</param>
/// <param name="scratch">Where the parts are, and what is found goes.</param>
internal sealed class CausedNumbers(EngineSession session, ScratchFolder scratch)
{
    /// <summary>Records of an entity that are named of each number.</summary>
    private const int RecordsNamed = 10;

    /// <summary>Whose part of which number changed, and by how much: <c>changed</c>.</summary>
    public void Compare(CancellationToken cancellationToken) => session.Execute(
        $"""
        create temp table changed as
        with

        parts as (
            select * from {Sql.Parquet([RestatedParts.Parts(scratch, LandedCustomers.Restated)])}
            union all
            select * replace (-numerator as numerator, -denominator as denominator)
            from {Sql.Parquet([RestatedParts.Parts(scratch, LandedCustomers.Reported)])}
        ),

        changed_parts as (
            select * exclude (numerator, denominator), sum(numerator) as numerator, sum(denominator) as denominator
            from parts
            group by all
            having sum(numerator) <> 0 or sum(denominator) <> 0
        ),

        placed as (
            select
                kpi,
                period_type,
                period_start,
                customer_key,
                numerator,
                denominator,
                unnest(contribution_segments({Contributions.Segments})) as place
            from changed_parts
        )

        select
            restated.restated_id,
            restated.kpi,
            placed.customer_key,
            abs(sum(placed.numerator)) as numerator_change,
            abs(sum(placed.denominator)) as denominator_change
        from placed
        inner join restated
            on placed.kpi = restated.kpi
            and placed.period_type = restated.period_type
            and placed.period_start = restated.period_start
            and placed.place.dimension = restated.segment_dimension
            and placed.place.value = restated.segment_value
        group by all
        having sum(placed.numerator) <> 0 or sum(placed.denominator) <> 0
        """,
        cancellationToken);

    /// <summary>The records of each number, as many as there are.</summary>
    public string Count(CancellationToken cancellationToken)
    {
        var file = scratch.File("record_count.parquet");
        session.Execute(
            $"""
            copy (
                with

                of_customers as (
                    select landed_customer.customer_key, landed_record.entity, count(*) as record_count
                    from landed_customer
                    inner join landed_record using (landed_id)
                    group by all
                ),

                of_all as (
                    select entity, count(*) as record_count
                    from landed_record
                    where concerns_all
                    group by all
                ),

                counts as (
                    select changed.restated_id, of_customers.record_count
                    from changed
                    inner join of_customers on changed.customer_key is not distinct from of_customers.customer_key
                    semi join fed on changed.kpi = fed.kpi and of_customers.entity = fed.entity
                    union all
                    select restated.restated_id, of_all.record_count
                    from restated
                    inner join fed using (kpi)
                    inner join of_all using (entity)
                )

                select restated_id, cast(coalesce(sum(counts.record_count), 0) as bigint) as record_count
                from restated
                left join counts using (restated_id)
                group by all
            ) to {Sql.Text(file)} (format parquet)
            """,
            cancellationToken);
        return Sql.Parquet([file]);
    }

    /// <summary>The records of each number that are named, in order.</summary>
    public string Name(CancellationToken cancellationToken)
    {
        var file = scratch.File("record.parquet");
        session.Execute(
            $"""
            copy (
                with

                first_records as (
                    select landed_customer.customer_key, landed_record.entity, landed_record.landed_id
                    from landed_customer
                    inner join landed_record using (landed_id)
                    qualify row_number() over (
                        partition by landed_customer.customer_key, landed_record.entity order by landed_record.landed_id
                    ) <= {RecordsNamed}
                ),

                customer_entities as (
                    select distinct customer_key, entity from first_records
                ),

                first_customers as (
                    select changed.*, customer_entities.entity
                    from changed
                    inner join customer_entities on changed.customer_key is not distinct from customer_entities.customer_key
                    semi join fed on changed.kpi = fed.kpi and customer_entities.entity = fed.entity
                    qualify row_number() over (
                        partition by changed.restated_id, customer_entities.entity
                        order by numerator_change desc, denominator_change desc, changed.customer_key
                    ) <= {RecordsNamed}
                ),

                of_customers as (
                    select first_customers.*, first_records.landed_id
                    from first_customers
                    inner join first_records
                        on first_customers.customer_key is not distinct from first_records.customer_key
                        and first_customers.entity = first_records.entity
                    qualify row_number() over (
                        partition by first_customers.restated_id, first_customers.entity
                        order by numerator_change desc, denominator_change desc, first_customers.customer_key, first_records.landed_id
                    ) <= {RecordsNamed}
                ),

                of_all as (
                    select entity, landed_id
                    from landed_record
                    where concerns_all
                    qualify row_number() over (partition by entity order by landed_id) <= {RecordsNamed}
                ),

                named as (
                    select restated_id, customer_key, landed_id, numerator_change, denominator_change from of_customers
                    union all
                    select restated.restated_id, null, of_all.landed_id, null, null
                    from restated
                    inner join fed using (kpi)
                    inner join of_all using (entity)
                )

                select
                    named.restated_id,
                    row_number() over (
                        partition by named.restated_id
                        order by
                            named.numerator_change desc nulls last,
                            named.denominator_change desc nulls last,
                            named.customer_key nulls last,
                            named.landed_id
                    ) as record_number,
                    named.customer_key,
                    landed_record.entity,
                    landed_record.record_id,
                    landed_record.raw_file,
                    landed_record."file",
                    landed_record.position
                from named
                inner join landed_record using (landed_id)
            ) to {Sql.Text(file)} (format parquet)
            """,
            cancellationToken);
        return Sql.Parquet([file]);
    }
}
