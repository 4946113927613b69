using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Finds why numbers are not what was published: the records that landed since, of the customers whose part of a number changed. What
/// customers contribute is computed as it was and as it is, for them alone and for the periods in question.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="transformer">Opens the results of the two runs.</param>
/// <param name="catalog">The models.</param>
/// <param name="scratch">Where files of this work go.</param>
internal sealed class RestatementCauses(ILake lake, Transformer transformer, Catalog catalog, ScratchFolder scratch)
{
    /// <summary>Records of an entity that are named of each number.</summary>
    private const int RecordsNamed = 10;

    /// <summary>Customers times periods of KPIs that are looked at: what that takes is seconds, however many records land.</summary>
    private const long PartsComparedAtMost = 2_000_000;

    private static readonly string[] Identities = ["int_customer_identity", "int_customer_holder", LandedRecords.Surveys];

    /// <summary>Models that read everything for the customers and currencies it mentions. What they say of those comes from these entities.</summary>
    private static readonly Dictionary<string, string[]> Registers = new(StringComparer.Ordinal)
    {
        ["int_customer_linked"] = ["customer", "customer_link", "customer_merge"],
        ["int_currency_month"] = ["exchange_rate"],
    };

    /// <summary>The customers as the published run told them apart.</summary>
    private string Reported => Sql.Parquet([scratch.File("reported_identity.parquet")]);

    /// <summary>Finds the records.</summary>
    /// <param name="restated">The relation of the numbers that differ, with a <c>restated_id</c> each.</param>
    /// <param name="published">The run that published them.</param>
    /// <param name="report">Its report.</param>
    /// <param name="run">The run that has built them anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FoundCauses> FindAsync(string restated, Manifest published, RunReport report, RunRecord run, CancellationToken cancellationToken)
    {
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        var files = raw.After(RunId.Parse(published.RunId)).ToHashSet();
        var landed = new LandedRecords(catalog.Entities, published.RunId);
        using var before = await new PublishedBuilds(lake, transformer).FindAsync(catalog, published, report, plan => Results(plan, files, landed), cancellationToken);
        using var after = before is null ? null : await OpenAsync(raw, files, landed, run, cancellationToken);
        if (before is null || after is null)
        {
            return new FoundCauses(before is null ? Restatements.Models : Restatements.Records, null);
        }

        before.Session.Execute(
            $"copy (select source, customer_id, own_customer_key from int_customer_identity) to {Sql.Text(scratch.File("reported_identity.parquet"))} (format parquet)", cancellationToken);
        await FindRecordsAsync(before.Plan, after, files, landed, cancellationToken);
        FindCustomers(after.Session, cancellationToken);
        Feed(after, cancellationToken);
        after.Session.Execute($"create temp table restated as select * from {restated}", cancellationToken);
        var isPartial = Limit(after.Session, cancellationToken);
        Concern(after.Session, cancellationToken);
        foreach (var (build, name) in new[] { (before, "reported"), (after, "restated") })
        {
            new RestatedParts(build, restated, scratch).Write(catalog.Models[Contributions.Mart].Text, name, cancellationToken);
        }

        Compare(after.Session, cancellationToken);
        return new FoundCauses(Restatements.Records, new FoundRecords(Count(after.Session, cancellationToken), Name(after.Session, cancellationToken), isPartial));
    }

    private static List<string> EntitiesOf(BuildPlan plan, HashSet<RawFile> files) =>
        [.. plan.Steps.Values.Where(step => step.Kind == StepKind.Stage && files.Any(file => file.Stream == step.Model!.Stream)).Select(stage => stage.Model!.Entity!).Distinct()];

    private static IEnumerable<string> Results(BuildPlan plan, HashSet<RawFile> files, LandedRecords landed) =>
        EntitiesOf(plan, files).SelectMany(landed.Read).Distinct().Select(entity => $"staged.{entity}").Concat(Identities.Where(plan.Steps.ContainsKey));

    /// <summary>The results of the run itself, unless something has landed since it built them.</summary>
    private async Task<OpenBuild?> OpenAsync(RawFiles raw, HashSet<RawFile> files, LandedRecords landed, RunRecord run, CancellationToken cancellationToken)
    {
        var isTheSame = true;
        var build = await transformer.OpenAsync(new BuildInputs(catalog, raw, run.Settings), Choose, new NoProgress(), cancellationToken);
        if (isTheSame)
        {
            return build;
        }

        build.Dispose();
        return null;

        IReadOnlyList<string> Choose(BuildPlan plan)
        {
            isTheSame = run.Models.Single(model => model.Name == KpiComparison.Kpis).Fingerprint == plan.Steps[KpiComparison.Kpis].Fingerprint;
            return isTheSame ? [.. plan.Steps[Contributions.Mart].Inputs.Union(Results(plan, files, landed))] : [];
        }
    }

    /// <summary>The records that landed since and say something new: <c>landed_record</c>.</summary>
    private async Task FindRecordsAsync(BuildPlan before, OpenBuild after, HashSet<RawFile> files, LandedRecords landed, CancellationToken cancellationToken)
    {
        var selects = new List<string>();
        foreach (var entity in EntitiesOf(after.Plan, files))
        {
            var was = await lake.LocalAsync(before.Steps[$"staged.{entity}"].Path, cancellationToken);
            var copies = after.Plan.StagesOf(entity)
                .SelectMany(stage => files.Where(file => file.Stream == stage.Model!.Stream).Select(file => stage.CopyOf(file)));
            var local = new List<string>();
            foreach (var copy in copies)
            {
                local.Add(await lake.LocalAsync(copy, cancellationToken));
            }

            selects.Add(landed.Select(entity, Sql.Parquet([was]), local));
        }

        after.Session.Execute(
            $"""
            create temp table landed_record as
            select
                row_number() over (order by entity, raw_file, position, record_id) as landed_id,
                * exclude (named_customers)
            from (
            {string.Join("\nunion all\n", selects)}
            )
            """,
            cancellationToken);
    }

    /// <summary>
    /// The customers, as they are now, that each record may have changed: <c>landed_customer</c>. Who was the same customer before as one
    /// that a record is about may be another one now, and who acquired one in between shows its past.
    /// </summary>
    private void FindCustomers(EngineSession session, CancellationToken cancellationToken) => session.Execute(
        $"""
        create temp table landed_customer as
        with

        customers_now as (
            select own_customer_key, min(customer_key) as customer_key
            from int_customer_identity
            group by all
        ),

        named as (
            select landed_id, customer.source, customer.customer_id
            from (
                select landed_id, unnest(customers) as customer
                from landed_record
            )
        ),

        related as (
            select landed_id, source, customer_id from named
            union
            select named.landed_id, siblings.source, siblings.customer_id
            from named
            inner join {Reported} as reported using (source, customer_id)
            inner join {Reported} as siblings using (own_customer_key)
        ),

        own_keys as (
            select related.landed_id, identities.own_customer_key
            from related
            inner join int_customer_identity as identities using (source, customer_id)
            union
            select landed_id, matched_key from landed_record where matched_key is not null
        ),

        held_keys as (
            select landed_id, own_customer_key from own_keys
            union
            select own_keys.landed_id, holders.customer_key
            from own_keys
            inner join int_customer_holder as holders using (own_customer_key)
        ),

        known as (
            select distinct held_keys.landed_id, customers_now.customer_key
            from held_keys
            inner join customers_now using (own_customer_key)
        )

        select landed_id, customer_key from known
        union all
        select landed_id, null
        from landed_record
        where not concerns_all and landed_id not in (select landed_id from known)
        """,
        cancellationToken);

    /// <summary>Which entities feed the model that a KPI comes from: <c>fed</c>.</summary>
    private void Feed(OpenBuild build, CancellationToken cancellationToken)
    {
        build.Session.Execute("create temp table fed (kpi varchar, entity varchar)", cancellationToken);
        foreach (var model in catalog.Kpis.GroupBy(kpi => kpi.Model))
        {
            var entities = build.Plan.EntitiesBehind(model.Key, Registers);
            build.Session.Execute(
                $"""
                insert into fed
                select unnest([{string.Join(", ", model.Select(kpi => Sql.Text(kpi.Name)))}]) as kpi, entity
                from (select unnest([{string.Join(", ", entities.Select(Sql.Text))}]::varchar[]) as entity)
                """,
                cancellationToken);
        }
    }

    /// <summary>The customers that are looked at: <c>examined</c>.</summary>
    /// <returns>Whether they are not all of those there are.</returns>
    private static bool Limit(EngineSession session, CancellationToken cancellationToken)
    {
        session.Execute(
            $"""
            create temp table examined as
            select customer_key
            from (select distinct customer_key from landed_customer where customer_key is not null)
            order by customer_key
            limit (
                select {PartsComparedAtMost} // greatest(count(distinct (kpi, period_type, period_start)), 1)
                from restated
            )
            """,
            cancellationToken);
        return session.Scalar<bool>("select count(distinct customer_key) > (select count(*) from examined) from landed_customer", cancellationToken);
    }

    /// <summary>The keys that those customers had, and have, contributions under, with the customer as it is now.</summary>
    private void Concern(EngineSession session, CancellationToken cancellationToken)
    {
        session.Execute(
            $"""
            copy (
                select reported.own_customer_key as customer_key, min(identities.customer_key) as customer_key_now
                from {Reported} as reported
                inner join int_customer_identity as identities using (source, customer_id)
                group by all
                having customer_key_now in (select customer_key from examined)
            ) to {Sql.Text(RestatedParts.Concerned(scratch, "reported"))} (format parquet)
            """,
            cancellationToken);
        session.Execute(
            $"""
            copy (
                select own_customer_key as customer_key, min(customer_key) as customer_key_now
                from int_customer_identity
                group by all
                having customer_key_now in (select customer_key from examined)
            ) to {Sql.Text(RestatedParts.Concerned(scratch, "restated"))} (format parquet)
            """,
            cancellationToken);
    }

    /// <summary>Whose part of which number changed, and by how much: <c>changed</c>.</summary>
    private void Compare(EngineSession session, CancellationToken cancellationToken) => session.Execute(
        $"""
        create temp table changed as
        with

        parts as (
            select * from {Sql.Parquet([RestatedParts.Parts(scratch, "restated")])}
            union all
            select * replace (-numerator as numerator, -denominator as denominator)
            from {Sql.Parquet([RestatedParts.Parts(scratch, "reported")])}
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
    private string Count(EngineSession session, CancellationToken cancellationToken)
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
    private string Name(EngineSession session, CancellationToken cancellationToken)
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

/// <summary>What was found of numbers that differ.</summary>
/// <param name="Cause">Why they do.</param>
/// <param name="Records">The records, where they are the cause; null: not known, as something has landed since the run built.</param>
internal sealed record FoundCauses(string Cause, FoundRecords? Records);

/// <summary>The records behind numbers that differ, by their <c>restated_id</c>.</summary>
/// <param name="Counts">The relation of how many each has.</param>
/// <param name="Named">The relation of those that are named.</param>
/// <param name="IsPartial">Not all customers with new records were looked at.</param>
internal sealed record FoundRecords(string Counts, string Named, bool IsPartial);
