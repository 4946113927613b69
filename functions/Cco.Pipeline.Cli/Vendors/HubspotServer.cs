using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// HubSpot's API of a private app: records are searched by the time of their change, at most 200 a page and 10,000 a question, four questions a second;
/// a company is read with the values that its properties have had; lists name what comes after a page. It has nothing that is archived or merged.
/// The demo leaves it out: at four questions a second it would take longer than all else.
/// </summary>
internal sealed class HubspotServer : IVendorServer
{
    /// <summary>What a private app may ask in ten seconds, searches left aside.</summary>
    public const int RequestsPerTenSeconds = 100;

    /// <summary>Searches that may be asked for in a second.</summary>
    public const int SearchesPerSecond = 4;

    /// <summary>Records that one question gives at most.</summary>
    public const int MostFound = 10_000;

    /// <summary>The token that it wants.</summary>
    public const string Token = "pat-sample";

    private const string Objects = "/crm/v3/objects/";
    private const int UsualSearchPage = 10;
    private const int LargestSearchPage = 200;

    private readonly VendorClock clock;
    private readonly Throttle requests;
    private readonly Throttle searches;
    private readonly Dictionary<string, IReadOnlyList<VendorRecord>> found;
    private readonly Dictionary<string, VendorRecord> companies;
    private readonly IReadOnlyList<VendorRecord> owners;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="searchesPerSecond">Searches that may be asked for in a second.</param>
    /// <param name="requestsPerTenSeconds">Other requests that may be made in ten seconds.</param>
    public HubspotServer(IEnumerable<SampleFile> files, VendorClock clock, int searchesPerSecond = SearchesPerSecond, int requestsPerTenSeconds = RequestsPerTenSeconds)
    {
        this.clock = clock;
        (requests, searches) = (new Throttle(requestsPerTenSeconds, TimeSpan.FromSeconds(10), clock), new Throttle(searchesPerSecond, TimeSpan.FromSeconds(1), clock));
        using var records = new SampleRecords(files, Source, Entities);
        records.Define("hubspot");
        found = new Dictionary<string, IReadOnlyList<VendorRecord>>(StringComparer.Ordinal)
        {
            ["companies"] = records.Read("hubspot_company"),
            ["contacts"] = records.Read("hubspot_contact"),
            ["deals"] = records.Read("hubspot_deal"),
        };
        companies = records.Read("hubspot_company_history").ToDictionary(company => company.Id, StringComparer.Ordinal);
        owners = records.Read("hubspot_owner");
    }

    /// <inheritdoc />
    public string Source => "hubspot";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "contact", "employee", "opportunity"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(found.Values.Min(records => records[0].At)).UtcDateTime),
        BaseUrl = root,
        Secrets = { ["access_token"] = Token },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization != $"Bearer {Token}")
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "INVALID_AUTHENTICATION", "Authentication credentials not found.");
        }

        var path = request.Path.Value ?? "";
        var isSearch = HttpMethods.IsPost(request.Method) && path.EndsWith("/search", StringComparison.Ordinal);
        if (!(isSearch ? searches : requests).Take().IsAdmitted)
        {
            return context.JsonAsync(
                JsonSerializer.Serialize(new { status = "error", message = "You have reached your limit.", errorType = "RATE_LIMIT", policyName = isSearch ? "SECONDLY" : "TEN_SECONDLY_ROLLING" }),
                StatusCodes.Status429TooManyRequests);
        }

        var parts = path.StartsWith(Objects, StringComparison.Ordinal) ? path[Objects.Length..].Split('/') : [];
        return (request.Method, parts) switch
        {
            ("POST", [var kind, "search"]) when found.TryGetValue(kind, out var records) => SearchAsync(context, records),
            ("GET", ["companies", var id]) when companies.TryGetValue(id, out var company) && clock.Shows(company) => context.JsonAsync(company.Json),
            ("GET", [var kind]) when found.TryGetValue(kind, out var records) => ListAsync(context, records),
            ("GET", []) when path == "/crm/v3/owners" => ListAsync(context, owners),
            _ => WrongAsync(context, StatusCodes.Status404NotFound, "OBJECT_NOT_FOUND", $"There is nothing at {path}."),
        };
    }

    private async Task SearchAsync(HttpContext context, IReadOnlyList<VendorRecord> records)
    {
        var asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var (limit, after) = (Questions.Number($"{asked["limit"]}") ?? UsualSearchPage, Questions.Number($"{asked["after"]}") ?? 0);
        if (limit is < 1 or > LargestSearchPage || after + limit > MostFound)
        {
            await WrongAsync(context, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"A page holds 1 to {LargestSearchPage} records, and none after the first {MostFound}.");
            return;
        }

        var filters = (asked["filterGroups"]?[0]?["filters"]?.AsArray() ?? []).Select(filter => (Operator: $"{filter!["operator"]}", Value: Questions.Number($"{filter["value"]}") ?? 0)).ToList();
        var within = records.Where(record => clock.Shows(record) && filters.TrueForAll(filter => Fits(record.At * 1000, filter.Operator, filter.Value))).ToList();
        await PageAsync(context, within, (int)after, (int)limit, $"\"total\":{within.Count},");
    }

    private Task ListAsync(HttpContext context, IReadOnlyList<VendorRecord> records)
    {
        var query = context.Request.Query;
        var shown = query["archived"] == "true" ? [] : records.Where(clock.Shows).ToList();
        return PageAsync(context, shown, (int)(Questions.Number(query["after"]) ?? 0), (int)(Questions.Number(query["limit"]) ?? UsualSearchPage), "");
    }

    private static Task PageAsync(HttpContext context, List<VendorRecord> records, int after, int limit, string total)
    {
        var paging = after + limit < records.Count ? $$$"""","paging":{"next":{"after":"{{{after + limit}}}"}}"""" : "";
        return context.JsonAsync($$"""{{{total}}"results":[{{string.Join(',', records.Skip(after).Take(limit).Select(record => record.Json))}}]{{paging}}}""");
    }

    private static bool Fits(long at, string comparison, long value) => comparison switch
    {
        "GTE" => at >= value,
        "LT" => at < value,
        _ => false,
    };

    private Task WrongAsync(HttpContext context, int status, string category, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { status = "error", message, correlationId = $"{clock.GetUtcNow():yyyyMMddHHmmssfff}", category }), status);
}
