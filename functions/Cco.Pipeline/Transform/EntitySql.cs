namespace Cco.Pipeline.Transform;

/// <summary>
/// The SQL that unites all versions of an entity's rows and keeps the one that counts: the latest of each raw record, and of those the
/// latest of each primary key. Most keys have one version only; they take no part in the sorting.
/// </summary>
internal static class EntitySql
{
    private const string LatestFirst =
        "origin.updated_at desc, origin.extracted_at desc, origin.run_id desc, origin.position desc, origin.stream";

    /// <summary>The conformed model of an entity that has no file of its own: what was staged, as it is.</summary>
    public static Model Default(string entity, Contract contract)
    {
        var text = $"-- Grain: {contract.Comment}\nselect {Sql.Names(contract.Columns.Select(column => column.Name))}, origin from staged.{Sql.Name(entity)}";
        return new Model(
            entity, Layer.Conformed, contract.File, text, new ModelHeader(contract.Comment, IsCustomerScoped: false, IsView: true), SqlReferences.To(("staged", entity)), contract);
    }

    /// <summary>The select that gives the current rows of an entity.</summary>
    /// <param name="contract">The entity's contract.</param>
    /// <param name="versions">A relation of all its typed versions.</param>
    public static string Current(Contract contract, string versions)
    {
        var key = Sql.Names(contract.Key);
        var contestedRecord = contract.IsHistory
            ? "bool_or(origin.is_deleted)"
            : "min(hash(origin.updated_at, origin.extracted_at, origin.run_id, origin.position)) "
                + "<> max(hash(origin.updated_at, origin.extracted_at, origin.run_id, origin.position))";
        return $"""
            with

            versions as not materialized (
                select * exclude (rejection)
                from {versions}
                where rejection is null
            ),

            contested_records as (
                select hash(origin.stream, origin.record_id) as record_hash
                from versions
                group by all
                having {contestedRecord}
            ),

            contested_keys as (
                select hash({key}) as key_hash
                from versions
                group by all
                having count(*) > 1
            ),

            uncontested as (
                select *
                from versions
                where not origin.is_deleted
                    and not {ContractSql.SaysNothing(contract, "versions")}
                    and hash(origin.stream, origin.record_id) not in (select record_hash from contested_records)
                    and hash({key}) not in (select key_hash from contested_keys)
            ),

            contested as materialized (
                select *
                from versions
                where hash(origin.stream, origin.record_id) in (select record_hash from contested_records)
                    or hash({key}) in (select key_hash from contested_keys)
            ),

            tombstones as (
                select
                    origin.stream as stream,
                    origin.record_id as record_id,
                    max(row(origin.updated_at, origin.extracted_at)) as version,
                    max(origin.updated_at) as deleted_at
                from contested
                where origin.is_deleted
                group by all
            ),

            {LatestOfRecord(contract)},

            latest_of_key as (
                select *
                from latest_of_record
                qualify row_number() over (partition by {key} order by {LatestFirst}) = 1
            ),

            settled as (
                select latest_of_key.* replace (
                    case
                        when tombstones.version >= row(latest_of_key.origin.updated_at, latest_of_key.origin.extracted_at)
                        then coalesce(latest_of_key.deleted_at, tombstones.deleted_at)
                        else latest_of_key.deleted_at
                    end as deleted_at
                )
                from latest_of_key
                left join tombstones
                    on latest_of_key.origin.stream = tombstones.stream and latest_of_key.origin.record_id = tombstones.record_id
            )

            select * from uncontested
            union all
            select * from settled
            """;
    }

    private static string LatestOfRecord(Contract contract) => contract switch
    {
        { IsHistory: true } => "latest_of_record as (select * from contested where not origin.is_deleted)",
        { EndsWhenLeftOut: true } => LastOfRecord(contract),
        _ => $"""
            latest_of_record as (
                select *
                from contested
                where not origin.is_deleted
                qualify rank() over (partition by origin.stream, origin.record_id order by {LatestFirst}) = 1
            )
            """,
    };

    /// <summary>
    /// The rows of every version, so that the last one of each key is found; what the next version of the record leaves out was deleted when that came about,
    /// or, where the record says of both that it changed at the same time, when it was read.
    /// </summary>
    private static string LastOfRecord(Contract contract) =>
        $"""
        next_of_record as (
            select
                *,
                first_value(origin) over (
                    partition by origin.stream, origin.record_id
                    order by origin.updated_at, origin.extracted_at, origin.run_id, origin.position
                    groups between 1 following and unbounded following
                ) as next_origin
            from contested
            where not origin.is_deleted
        ),

        latest_of_record as (
            select * exclude (next_origin) replace (
                least(
                    deleted_at,
                    if(next_origin.updated_at > origin.updated_at, next_origin.updated_at, next_origin.extracted_at)
                ) as deleted_at
            )
            from next_of_record
            where not {ContractSql.SaysNothing(contract, "next_of_record")}
        )
        """;
}
