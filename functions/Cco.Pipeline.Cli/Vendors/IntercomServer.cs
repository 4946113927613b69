using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Intercom's API of a workspace in version 2.15: teammates, all at once; contacts by cursor; companies by numbered pages, those that changed last first and no more than
/// 10,000; conversations, searched by the time of their change within a span to which both ends belong, at most 150 a page, and each alone with its parts; headers that say
/// what is left of ten seconds and when they are over. What is archived or deleted is there no more. Ids are the sample's. It is the desk of the company's own systems, so the
/// demo leaves it out.
/// </summary>
internal sealed class IntercomServer : IVendorServer
{
    /// <summary>What an app may ask in ten seconds, of 10,000 requests a minute.</summary>
    public const int RequestsPerTenSeconds = 1667;

    /// <summary>The access token that it wants.</summary>
    public const string Token = "intercom_sample_token";

    /// <summary>The version of the API that it speaks.</summary>
    public const string Version = "2.15";

    private const int UsualPage = 20;
    private const int LargestPage = 150;
    private const int MostCompanies = 10_000;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly IReadOnlyList<VendorRecord> admins;
    private readonly IReadOnlyList<VendorRecord> contacts;
    private readonly IReadOnlyList<VendorRecord> companies;
    private readonly IReadOnlyList<VendorRecord> conversations;
    private readonly IReadOnlyList<VendorRecord> conversationsWithoutParts;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerTenSeconds">How often it may be asked.</param>
    public IntercomServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerTenSeconds = RequestsPerTenSeconds)
    {
        (this.clock, throttle) = (clock, new Throttle(requestsPerTenSeconds, TimeSpan.FromSeconds(10), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        records.Define("intercom");
        (admins, contacts, companies) = (records.Read("intercom_admin"), records.Read("intercom_contact"), records.Read("intercom_company"));
        conversations = records.Read("intercom_conversation");
        conversationsWithoutParts = [.. conversations.Select(WithoutParts)];
    }

    /// <inheritdoc />
    public string Source => "intercom";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "contact", "employee", "ticket", "ticket_event", "survey_invitation", "survey_response"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(conversations[0].At).UtcDateTime),
        BaseUrl = root,
        Secrets = { ["access_token"] = Token },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization != $"Bearer {Token}")
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "Access Token Invalid");
        }

        var turn = throttle.Take();
        context.Response.Headers["X-RateLimit-Limit"] = $"{throttle.Requests}";
        context.Response.Headers["X-RateLimit-Remaining"] = $"{turn.Remaining}";
        context.Response.Headers["X-RateLimit-Reset"] = $"{clock.GetUtcNow().ToUnixTimeSeconds() + turn.SecondsLeft}";
        if (!turn.IsAdmitted)
        {
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", $"Exceeded rate limit of {throttle.Requests} in 10_seconds");
        }

        if (request.Headers["Intercom-Version"] != Version)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "intercom_version_invalid", "The requested version could not be found");
        }

        return (request.Method, (request.Path.Value ?? "").Split('/')) switch
        {
            ("GET", ["", "me"]) => context.JsonAsync("""{"type":"admin","id":"me"}"""),
            ("GET", ["", "admins"]) => context.JsonAsync($$"""{"type":"admin.list","admins":[{{Joined(Shown(admins))}}]}"""),
            ("GET", ["", "contacts"]) => ListAsync(context, "list", "data", Shown(contacts), Questions.Number(request.Query["per_page"]), request.Query["starting_after"]),
            ("POST", ["", "companies", "list"]) => CompaniesAsync(context),
            ("POST", ["", "conversations", "search"]) => SearchAsync(context),
            ("GET", ["", "conversations", var id]) when Shown(conversations).Find(known => known.Id == id) is { } conversation => context.JsonAsync(conversation.Json),
            _ => WrongAsync(context, StatusCodes.Status404NotFound, "not_found", "Resource Not Found"),
        };
    }

    private Task CompaniesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (page, size) = ((int)(Questions.Number(query["page"]) ?? 1), (int)(Questions.Number(query["per_page"]) ?? UsualPage));
        if (page < 1 || size < 1)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "parameter_invalid", "page and per_page are numbers from 1 on");
        }

        var shown = Shown(companies).OrderByDescending(company => company.At).ThenBy(company => company.Id, StringComparer.Ordinal).ToList();
        var records = shown.Take(MostCompanies).Skip((page - 1) * size).Take(size);
        return context.JsonAsync(
            $$$"""{"type":"list","data":[{{{Joined(records)}}}],"pages":{"type":"pages","page":{{{page}}},"per_page":{{{size}}},"total_pages":{{{Pages(shown.Count, size)}}}},"total_count":{{{shown.Count}}}}""");
    }

    private async Task SearchAsync(HttpContext context)
    {
        var asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var filters = (asked["query"]?["value"] as JsonArray ?? []).Select(filter => (Field: $"{filter!["field"]}", Operator: $"{filter["operator"]}", Value: Questions.Number($"{filter["value"]}"))).ToList();
        if ($"{asked["query"]?["operator"]}" != "AND" || filters.Exists(filter => filter.Field != "updated_at" || filter.Operator is not (">" or "<") || filter.Value is null))
        {
            await WrongAsync(context, StatusCodes.Status400BadRequest, "parameter_invalid", "This server knows filters of updated_at by > and <, all of which have to hold.");
            return;
        }

        var found = Shown(conversationsWithoutParts).FindAll(record => filters.TrueForAll(filter => filter.Operator == ">" ? record.At >= filter.Value : record.At <= filter.Value));
        await ListAsync(context, "conversation.list", "conversations", found, Questions.Number($"{asked["pagination"]?["per_page"]}"), (string?)asked["pagination"]?["starting_after"]);
    }

    /// <summary>A page, which names the place where the next one begins.</summary>
    private static Task ListAsync(HttpContext context, string type, string name, List<VendorRecord> records, long? perPage, string? after)
    {
        var (size, place) = ((int)(perPage ?? UsualPage), PlaceAfter(records, after));
        if (size is < 1 or > LargestPage || place is null)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "parameter_invalid", $"per_page is a number from 1 to {LargestPage}, and starting_after the place that a page named");
        }

        var page = records.Skip(place.Value).Take(size).ToList();
        var next = place + size < records.Count ? $$"""{"per_page":{{size}},"starting_after":"{{Cursor(page[^1])}}"}""" : "null";
        return context.JsonAsync(
            $$$"""{"type":"{{{type}}}","{{{name}}}":[{{{Joined(page)}}}],"pages":{"type":"pages","next":{{{next}}},"page":{{{(place / size) + 1}}},"per_page":{{{size}}},"total_pages":{{{Pages(records.Count, size)}}}},"total_count":{{{records.Count}}}}""");
    }

    /// <summary>How many records stand before the place that a page named; null: none did.</summary>
    private static int? PlaceAfter(List<VendorRecord> records, string? after) => string.IsNullOrEmpty(after) ? 0
        : records.FindIndex(record => Cursor(record) == after) is >= 0 and var last ? last + 1
        : null;

    private static string Cursor(VendorRecord record) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(new[] { $"{record.At}", record.Id }));

    private static int Pages(int count, int size) => (count + size - 1) / size;

    private static string Joined(IEnumerable<VendorRecord> records) => string.Join(',', records.Select(record => record.Json));

    /// <summary>The records that are there now.</summary>
    private List<VendorRecord> Shown(IReadOnlyList<VendorRecord> states) =>
        [.. new ChangingRecords(states, clock).Shown.Where(record => record.Json != "null")];

    private static VendorRecord WithoutParts(VendorRecord conversation)
    {
        var json = JsonNode.Parse(conversation.Json)!.AsObject();
        json.Remove("conversation_parts");
        return conversation with { Json = json.ToJsonString() };
    }

    private static Task WrongAsync(HttpContext context, int status, string code, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { type = "error.list", request_id = context.TraceIdentifier, errors = new[] { new { code, message } } }), status);
}
