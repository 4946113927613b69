using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>The customers that records which landed since a run may have changed, as they are now, and what they were then.</summary>
/// <param name="before">The run that published.</param>
/// <param name="after">The run that has built anew; it has the records as <c>landed_record</c>.</param>
/// <param name="scratch">Where files of this work go.</param>
internal sealed class LandedCustomers(EngineSession before, EngineSession after, ScratchFolder scratch)
{
    /// <summary>The name of files about the run that published.</summary>
    public const string Reported = "reported";

    /// <summary>The name of files about the run that has built anew.</summary>
    public const string Restated = "restated";

    /// <summary>Customers times periods of KPIs that are looked at: what that takes is seconds, however many records land.</summary>
    private const long PartsComparedAtMost = 2_000_000;

    /// <summary>The customers as the run that published told them apart.</summary>
    private string Identities => Sql.Parquet([scratch.File("reported_identity.parquet")]);

    /// <summary>Finds them.</summary>
    /// <returns>Whether there are more than are looked at.</returns>
    public bool Find(CancellationToken cancellationToken)
    {
        before.Execute(
            $"copy (select source, customer_id, own_customer_key from int_customer_identity) to {Sql.Text(scratch.File("reported_identity.parquet"))} (format parquet)", cancellationToken);
        Tell(cancellationToken);
        var isPartial = Limit(cancellationToken);
        Concern(cancellationToken);
        return isPartial;
    }

    /// <summary>
    /// The customers, as they are now, that each record may have changed: <c>landed_customer</c>. Who was the same customer before as one
    /// that a record is about may be another one now, and who acquired one in between shows its past.
    /// </summary>
    private void Tell(CancellationToken cancellationToken) => after.Execute(
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
            inner join {Identities} as reported using (source, customer_id)
            inner join {Identities} as siblings using (own_customer_key)
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

    /// <summary>The customers that are looked at: <c>examined</c>.</summary>
    /// <returns>Whether they are not all of those there are.</returns>
    private bool Limit(CancellationToken cancellationToken)
    {
        after.Execute(
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
        return after.Scalar<bool>("select count(distinct customer_key) > (select count(*) from examined) from landed_customer", cancellationToken);
    }

    /// <summary>The keys that those customers had, and have, contributions under, with the customer as it is now.</summary>
    private void Concern(CancellationToken cancellationToken)
    {
        after.Execute(
            $"""
            copy (
                select reported.own_customer_key as customer_key, min(identities.customer_key) as customer_key_now
                from {Identities} as reported
                inner join int_customer_identity as identities using (source, customer_id)
                group by all
                having customer_key_now in (select customer_key from examined)
            ) to {Sql.Text(RestatedParts.Concerned(scratch, Reported))} (format parquet)
            """,
            cancellationToken);
        after.Execute(
            $"""
            copy (
                select own_customer_key as customer_key, min(customer_key) as customer_key_now
                from int_customer_identity
                group by all
                having customer_key_now in (select customer_key from examined)
            ) to {Sql.Text(RestatedParts.Concerned(scratch, Restated))} (format parquet)
            """,
            cancellationToken);
    }
}
