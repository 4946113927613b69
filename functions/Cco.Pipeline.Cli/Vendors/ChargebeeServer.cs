using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Chargebee's API of a site with items and item prices: the site's key as the user of basic authentication; lists of at most 100 records a page with an offset
/// for the next one, in which deleted records are only where they are asked for; 150 requests a minute, then 429 with a wait. A change in the very
/// second of the filter <c>after</c> is left out, as nothing says that it is not. It bills what the company bills by itself in the sample, so the demo leaves it out.
/// </summary>
internal sealed class ChargebeeServer : IVendorServer
{
    /// <summary>What the smallest plan and test sites may ask in a minute.</summary>
    public const int RequestsPerMinute = 150;

    /// <summary>The key that it wants.</summary>
    public const string Key = "live_chargebee_sample";

    private const string Api = "/api/v2";
    private const int UsualLimit = 10;
    private const int LargestLimit = 100;
    private const int UsualLines = 100;
    private const int LargestLines = 300;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly int linesOfInvoice;
    private readonly Dictionary<string, ChargebeeList> lists;
    private readonly ILookup<string, VendorRecord> terms;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerMinute">How often it may be asked.</param>
    /// <param name="linesOfInvoice">Lines that come with an invoice at most.</param>
    public ChargebeeServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerMinute = RequestsPerMinute, int linesOfInvoice = UsualLines)
    {
        (this.clock, this.linesOfInvoice, throttle) = (clock, linesOfInvoice, new Throttle(requestsPerMinute, TimeSpan.FromMinutes(1), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        records.Define("chargebee");
        lists = Listed.ToDictionary(
            list => $"{list.Name}s", list => new ChargebeeList(new ChangingRecords(records.Read($"chargebee_{list.Name}"), clock), list.Changed, list.Sorts), StringComparer.Ordinal);
        terms = records.ReadOfParents("chargebee_contract_term").ToLookup(term => term.Parent, term => term.Record, StringComparer.Ordinal);
    }

    private static (string Name, string Changed, string[] Sorts)[] Listed =>
    [
        ("customer", "updated_at", ["created_at", "updated_at"]), ("item", "updated_at", ["name", "id", "updated_at"]), ("item_price", "updated_at", ["name", "id", "updated_at"]),
        ("subscription", "updated_at", ["created_at", "updated_at"]), ("coupon", "updated_at", ["created_at"]), ("invoice", "updated_at", ["date", "updated_at"]),
        ("transaction", "updated_at", ["date", "updated_at"]), ("credit_note", "updated_at", ["date"]), ("event", "occurred_at", ["occurred_at"]),
    ];

    /// <inheritdoc />
    public string Source => "chargebee";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities =>
        ["customer", "contact", "product", "plan", "subscription_item", "discount", "contract_term", "invoice_line", "payment", "credit_note"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(lists.Values.Min(list => list.FirstAt)).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        Settings = { ["site"] = "sample" },
        Secrets = { ["api_key"] = Key },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        if (!request.SignsInWith(Key))
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "api_authentication_failed", "Sorry, authentication failed. Please check your API key.");
        }

        if (throttle.Take() is { IsAdmitted: false } turn)
        {
            context.Response.Headers.RetryAfter = $"{turn.SecondsLeft}";
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "api_request_limit_exceeded", $"More than {throttle.Requests} requests in a minute.");
        }

        return path.StartsWith($"{Api}/", StringComparison.Ordinal) && HttpMethods.IsGet(request.Method)
            ? path[(Api.Length + 1)..].Split('/') switch
            {
                [var name] when lists.TryGetValue(name, out var list) => ListAsync(context, list),
                [var name, var id] when lists.TryGetValue(name, out var list) && list.Find(id) is { } record => RecordAsync(context, record),
                ["subscriptions", var id, "contract_terms"] when lists["subscriptions"].Find(id) is not null =>
                    ListAsync(context, new ChargebeeList(new ChangingRecords([.. terms[id]], clock), "created_at", ["created_at"])),
                _ => NotFoundAsync(context),
            }
            : NotFoundAsync(context);
    }

    private Task ListAsync(HttpContext context, ChargebeeList list)
    {
        var query = context.Request.Query;
        var limit = (int)(Questions.Number(query["limit"]) ?? UsualLimit);
        if (limit is < 1 or > LargestLimit)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "param_wrong_value", $"limit : must be between 1 and {LargestLimit}.");
        }

        if (query["sort_by[asc]"].ToString() is { Length: > 0 } sort && !list.Sorts.Contains(sort, StringComparer.Ordinal))
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "param_wrong_value", $"sort_by : {sort} is not supported.");
        }

        if (!TryReadIds(query["id[in]"].ToString(), out var ids))
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "param_wrong_value", "id : is no list of ids.");
        }

        var after = Questions.Number(query[$"{list.Changed}[after]"]) ?? long.MinValue;
        if (list.Page(after, query["include_deleted"] == "true", query["offset"].ToString(), limit, ids) is not var (records, next))
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "param_wrong_value", "offset : is not one that was given.");
        }

        var more = next is null ? "" : $",\"next_offset\":{JsonSerializer.Serialize(next)}";
        return context.JsonAsync($$"""{"list":[{{string.Join(',', records.Select(record => WithLines(record.Json, 0, linesOfInvoice)))}}]{{more}}}""");
    }

    /// <summary>Reads the ids that are asked for, a JSON list; null: no question was asked.</summary>
    private static bool TryReadIds(string text, out string[]? ids)
    {
        ids = null;
        try
        {
            ids = text.Length == 0 ? null : JsonSerializer.Deserialize<string[]>(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Task RecordAsync(HttpContext context, VendorRecord record)
    {
        var query = context.Request.Query;
        var limit = (int)(Questions.Number(query["line_items_limit"]) ?? UsualLines);
        return limit is < 1 or > LargestLines
            ? WrongAsync(context, StatusCodes.Status400BadRequest, "param_wrong_value", $"line_items_limit : must be between 1 and {LargestLines}.")
            : context.JsonAsync(WithLines(record.Json, (int)(Questions.Number(query["line_items_offset"]) ?? 0), limit));
    }

    /// <summary>A record as it is; an invoice with some of its lines, and where the rest is.</summary>
    private static string WithLines(string json, int from, int limit)
    {
        if (!json.StartsWith("""{"invoice":""", StringComparison.Ordinal))
        {
            return json;
        }

        var record = JsonNode.Parse(json)!;
        var invoice = record["invoice"]!;
        var lines = invoice["line_items"]!.AsArray();
        invoice["line_items"] = new JsonArray([.. lines.Skip(from).Take(limit).Select(line => line!.DeepClone())]);
        invoice["line_items_next_offset"] = from + limit < lines.Count ? $"{from + limit}" : null;
        return record.ToJsonString();
    }

    private static Task NotFoundAsync(HttpContext context) =>
        WrongAsync(context, StatusCodes.Status404NotFound, "resource_not_found", $"Sorry, we couldn't find that resource ({context.Request.Path}).");

    private static Task WrongAsync(HttpContext context, int status, string code, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { message, type = "invalid_request", api_error_code = code }), status);
}
