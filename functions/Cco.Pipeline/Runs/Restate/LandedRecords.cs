using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// The SQL that finds the records of an entity that landed after a run and say something new, deletions among them, with the customers
/// each is about: those that it names, now and before, or else those of what it names.
/// </summary>
/// <param name="entities">The contracts of the conformed entities by name.</param>
/// <param name="run">The run.</param>
internal sealed class LandedRecords(IReadOnlyDictionary<string, Contract> entities, string run)
{
    /// <summary>The model that says whose surveys are those that name no customer.</summary>
    public const string Surveys = "int_survey_matched";

    private const string CustomerId = "customer_id";

    private const string IsDeleted = "landed.origin.is_deleted";

    private const string LeavesOut = $"{IsDeleted} or now.deleted_at in (landed.origin.updated_at, landed.origin.extracted_at)";

    private static readonly string[] Rows = ["now", "before"];

    private static readonly (string Column, string Entity)[] Links =
    [
        ("subscription_item_id", "subscription_item"),
        ("subscription_id", "subscription_item"),
        ("ticket_id", "ticket"),
        ("survey_invitation_id", "survey_invitation"),
        ("contact_id", "contact"),
    ];

    /// <summary>The entities that the select of one reads.</summary>
    public IEnumerable<string> Read(string entity) => LinksOf(entity).Select(link => link.Entity).Prepend(entity);

    /// <summary>The select of an entity's records.</summary>
    /// <param name="entity">The entity; <c>staged</c> has it as it is now.</param>
    /// <param name="before">The relation of it as the run had it.</param>
    /// <param name="landed">The typed copies of its raw files that landed since.</param>
    public string Select(string entity, string before, IReadOnlyList<string> landed)
    {
        var contract = entities[entity];
        string Values(string row) => string.Join(", ", contract.Columns.Where(column => column.Name != "updated_at").Select(column => $"{row}.{Sql.Name(column.Name)}"));
        return
            $"""
            {Records(entity, before, "now")}
            where now.origin.run_id > {Sql.Text(run)} and row({Values("now")}) is distinct from row({Values("before")})
            union all
            {Records(entity, before, "landed")}
            inner join (select distinct origin from {Sql.Parquet(landed)}) as landed
                on now.origin.stream = landed.origin.stream and now.origin.record_id = landed.origin.record_id
            where ({(contract.EndsWhenLeftOut ? LeavesOut : IsDeleted)}) and now.deleted_at is not null and before.deleted_at is null
            """;
    }

    private string Records(string entity, string before, string record)
    {
        var contract = entities[entity];
        var named = contract.Columns.Where(column => column.Name.EndsWith(CustomerId, StringComparison.Ordinal))
            .SelectMany(column => Rows.Select(row => Customer(row, SourceOf(contract, column.Name), column.Name))).ToList();
        var linked = LinksOf(entity).Select((link, place) => (link.Column, link.Entity, Name: $"link_{place}")).ToList();
        var isSurvey = entity is "survey_response" or "survey_invitation";
        return
            $"""
            select
                {Sql.Text(entity)} as entity,
                {record}.origin."file" as "file",
                {record}.origin.position as position,
                {record}.origin.raw_file as raw_file,
                {record}.origin.record_id as record_id,
                {(named.Count + linked.Count == 0 ? "true" : "false")} as concerns_all,
                {Customers(named)} as named_customers,
                case
                    when len(named_customers) > 0 then named_customers
                    else {Customers(linked.Select(link => Customer(link.Name, "source", CustomerId)))}
                end as customers,
                {(isSurvey ? "surveys.customer_key" : "null::varchar")} as matched_key
            from staged.{Sql.Name(entity)} as now
            left join {before} as before on {string.Join(" and ", contract.Key.Select(column => $"now.{Sql.Name(column)} = before.{Sql.Name(column)}"))}
            {string.Join('\n', linked.Select(link => Link(link.Column, link.Entity, link.Name)))}
            {(isSurvey ? $"left join {Surveys} as surveys on now.source = surveys.source and now.{entity}_id = surveys.record_id and surveys.record_type = '{(entity == "survey_response" ? "answer" : "invitation")}'" : "")}
            """;
    }

    private static string Link(string column, string entity, string name) =>
        $"""
        left join (
            select source, {column}, min({CustomerId}) as {CustomerId}
            from staged.{entity}
            group by all
        ) as {name} on now.source = {name}.source and now.{column} = {name}.{column}
        """;

    private static string Customers(IEnumerable<string> customers) =>
        $"list_filter([{string.Join(", ", customers)}]::struct(source varchar, customer_id varchar)[], lambda customer: customer.customer_id is not null)";

    private static string Customer(string row, string source, string id) => $"{{'source': {row}.{source}, 'customer_id': {row}.{id}}}";

    /// <summary>An id may be one of another source than the record: then the contract names it alike.</summary>
    private static string SourceOf(Contract contract, string column) =>
        column[..^CustomerId.Length] + "source" is var own && contract.Columns.Any(other => other.Name == own) ? own : "source";

    private IEnumerable<(string Column, string Entity)> LinksOf(string entity) => Links.Where(
        link => link.Entity != entity && entities.ContainsKey(link.Entity) && entities[entity].Columns.Any(column => column.Name == link.Column));
}
