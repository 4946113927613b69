using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// The Web API of Dynamics 365, and the directory that gives its tokens: tables by OData, of those rows that changed within a span, in pages as large as the
/// header Prefer allows, each with the address of the next one; 6,000 requests in five minutes. All columns come, whichever are selected, ids are the
/// sample's, and the audit log is empty. It is fed from what the sample has in HubSpot, so the demo leaves it out.
/// </summary>
internal sealed partial class DynamicsServer : IVendorServer
{
    /// <summary>What may be asked in five minutes.</summary>
    public const int RequestsPerFiveMinutes = 6000;

    /// <summary>The application that the directory knows.</summary>
    public const string ClientId = "dynamics-sample-client";

    /// <summary>The application's secret.</summary>
    public const string ClientSecret = "dynamics_sample_secret";

    private const string Api = "/api/data/v9.2";
    private const string SignIn = "/login";
    private const string Tenant = "sample-tenant";
    private const string Hubspot = "hubspot";
    private const int LargestPage = 5000;
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly Dictionary<string, IReadOnlyList<VendorRecord>> tables;
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private int given;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerFiveMinutes">How often it may be asked.</param>
    public DynamicsServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerFiveMinutes = RequestsPerFiveMinutes)
    {
        (this.clock, throttle) = (clock, new Throttle(requestsPerFiveMinutes, TimeSpan.FromMinutes(5), clock));
        using var records = new SampleRecords(files, Hubspot, Entities);
        tables = new Dictionary<string, IReadOnlyList<VendorRecord>>(StringComparer.Ordinal)
        {
            ["accounts"] = records.Read("dynamics_account"),
            ["contacts"] = records.Read("dynamics_contact"),
            ["opportunities"] = records.Read("dynamics_opportunity"),
            ["systemusers"] = records.Read("dynamics_systemuser"),
            ["audits"] = [],
        };
    }

    /// <inheritdoc />
    public string Source => "dynamics";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "contact", "employee", "opportunity"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(tables.Values.SelectMany(table => table.Take(1)).Min(record => record.At)).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        Settings = { ["environment_url"] = $"{root}", ["tenant_id"] = Tenant, ["client_id"] = ClientId, ["login_url"] = $"{root}{SignIn}" },
        Secrets = { ["client_secret"] = ClientSecret },
    };

    /// <inheritdoc />
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        if (path == $"{SignIn}/{Tenant}/oauth2/token" && HttpMethods.IsPost(request.Method))
        {
            await GiveTokenAsync(context);
            return;
        }

        if (request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var token] || !tokens.TryGetValue(token, out var expiresAt) || clock.GetUtcNow() >= expiresAt)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=invalid_token";
            await WrongAsync(context, StatusCodes.Status401Unauthorized, "0x80072560", "The access token is missing, expired or not valid.");
            return;
        }

        if (throttle.Take() is { IsAdmitted: false } turn)
        {
            context.Response.Headers.RetryAfter = $"{turn.SecondsLeft}";
            await WrongAsync(context, StatusCodes.Status429TooManyRequests, "0x80072322", $"Number of requests exceeded the limit of {throttle.Requests} over time window of 300 seconds.");
            return;
        }

        await (path == $"{Api}/WhoAmI" ? context.JsonAsync("""{"UserId":"sample"}""")
            : path.StartsWith($"{Api}/", StringComparison.Ordinal) && tables.TryGetValue(path[(Api.Length + 1)..], out var table) ? ListAsync(context, table)
            : WrongAsync(context, StatusCodes.Status404NotFound, "0x8006088a", $"Resource not found for the segment '{path}'."));
    }

    private Task ListAsync(HttpContext context, IReadOnlyList<VendorRecord> table)
    {
        var (request, query) = (context.Request, context.Request.Query);
        if (!Span().IsMatch(query["$filter"].ToString()) || Questions.Second(query["@from"]) is not { } from || Questions.Second(query["@to"]) is not { } to)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "0x80060888", "This server knows one filter: changed at @from or later, and before @to.");
        }

        var size = MaxPageSize().Match(request.Headers["Prefer"].ToString()) is { Success: true } asked ? int.Parse(asked.Groups["size"].Value, CultureInfo.InvariantCulture) : LargestPage;
        var place = (int)(Questions.Number(query["$skiptoken"]) ?? 0);
        var within = table.Where(record => record.At >= from && record.At < to && clock.Shows(record)).ToList();
        var next = place + size < within.Count ? $",\"@odata.nextLink\":{JsonSerializer.Serialize(request.With("$skiptoken", $"{place + size}"))}" : "";
        return context.JsonAsync($$"""{"value":[{{string.Join(',', within.Skip(place).Take(size).Select(record => record.Json))}}]{{next}}}""");
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials" || form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["resource"].ToString().Length == 0)
        {
            await context.JsonAsync("""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}""", StatusCodes.Status401Unauthorized);
            return;
        }

        var token = $"dynamics_sample_token_{Interlocked.Increment(ref given)}";
        tokens[token] = clock.GetUtcNow() + TokenLife;
        await context.JsonAsync(JsonSerializer.Serialize(new { token_type = "Bearer", expires_in = $"{TokenLife.TotalSeconds}", access_token = token }));
    }

    private static Task WrongAsync(HttpContext context, int status, string code, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { error = new { code, message } }), status);

    [GeneratedRegex("(modifiedon|createdon) ge @from and (modifiedon|createdon) lt @to", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex("odata.maxpagesize=(?<size>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MaxPageSize();
}
