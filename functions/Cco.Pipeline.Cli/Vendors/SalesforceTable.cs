using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// An object of Salesforce: its fields, and its records as they are now. What was deleted is in the recycle bin for 15 days, where only questions
/// that say so find it, and then is gone.
/// </summary>
internal sealed class SalesforceTable
{
    private static readonly TimeSpan BinLife = TimeSpan.FromDays(15);

    private readonly string name;
    private readonly VendorClock clock;
    private readonly List<(VendorRecord Record, JsonObject Json)> states;

    /// <param name="name">The object's name.</param>
    /// <param name="states">What became of its records, the oldest state first.</param>
    /// <param name="customFields">How many fields it has that the org made, all of them empty.</param>
    /// <param name="clock">Says which states are shown.</param>
    public SalesforceTable(string name, IReadOnlyList<VendorRecord> states, int customFields, VendorClock clock)
    {
        (this.name, this.clock) = (name, clock);
        this.states = [.. states.Select(state => (state, JsonNode.Parse(state.Json)!.AsObject()))];
        var fields = this.states[0].Json.Select(field => (field.Key, TypeOf(field.Key)));
        Fields = [.. fields, .. Enumerable.Range(1, customFields).Select(number => ($"Field_of_this_org_{number:000}__c", "string"))];
    }

    /// <summary>Its fields, each with its type.</summary>
    public IReadOnlyList<(string Name, string Type)> Fields { get; }

    /// <summary>When its oldest record changed, in seconds since 1970.</summary>
    public long FirstChangedAt => states[0].Record.At;

    /// <summary>The field that its records are found by: that of their last change; of what never changes that of its making.</summary>
    private string ChangedAt => Fields.Any(known => known.Name == "SystemModstamp") ? "SystemModstamp" : "CreatedDate";

    /// <summary>What the API tells of it.</summary>
    public string Description() => JsonSerializer.Serialize(new { name, fields = Fields.Select(field => new { name = field.Name, type = field.Type }) });

    /// <summary>Why a question cannot be answered, as code and message; null: it can.</summary>
    public (string Code, string Message)? Problem(SalesforceQuestion question)
    {
        var unknown = question.IsCount ? null : question.Fields.FirstOrDefault(field => Fields.All(known => known.Name != field));
        return unknown is not null ? ("INVALID_FIELD", $"No such column '{unknown}' on entity '{name}'.")
            : question.ChangedAt.Length > 0 && question.ChangedAt != ChangedAt ? ("MALFORMED_QUERY", $"This server finds records of {name} by {ChangedAt}.")
            : null;
    }

    /// <summary>The records that a question asks for, in the order of their changes.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isAll">Whether those in the recycle bin are among them.</param>
    public IReadOnlyList<JsonObject> Find(SalesforceQuestion question, bool isAll)
    {
        var oldest = (clock.GetUtcNow() - BinLife).ToUnixTimeSeconds();
        return [.. states.Where(state => clock.Shows(state.Record)).GroupBy(state => state.Record.Id).Select(record => record.Last())
            .Where(state => (bool?)state.Json["IsDeleted"] != true || (isAll && state.Record.At >= oldest))
            .Where(state => DateTimeOffset.FromUnixTimeSeconds(state.Record.At) is var at && at >= question.From && at < question.To)
            .OrderBy(state => state.Record.At).ThenBy(state => state.Record.Id, StringComparer.Ordinal)
            .Take(question.Limit).Select(state => state.Json)];
    }

    private string TypeOf(string field) => states.Select(state => state.Json[field]?.GetValueKind()).FirstOrDefault(kind => kind is not null) switch
    {
        _ when field == "Id" => "id",
        _ when field is "CreatedDate" or "SystemModstamp" => "datetime",
        JsonValueKind.Object => "address",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "double",
        _ => "string",
    };
}
