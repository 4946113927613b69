using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// An org of Salesforce: sessions by OAuth client credentials, which end after two hours without a request; objects that are described, and asked for in the vendor's
/// query language, with what is in the recycle bin or without; answers in batches of at most 2,000 records, each with the address of the next one, which belongs to the session
/// and is kept for two days, ten at a time; jobs that give the same as files; 100,000 requests a day, of which each answer says how many were used. Ids are the sample's, but
/// for users, whose ids have to begin as those of all users do. It knows what the company's own systems know, so the demo leaves it out.
/// </summary>
internal sealed class SalesforceServer : IVendorServer
{
    /// <summary>What all programs together may ask in a day.</summary>
    public const int RequestsPerDay = 100_000;

    /// <summary>Records of a batch at most.</summary>
    public const int LargestBatch = 2000;

    /// <summary>The consumer key of the app that it knows.</summary>
    public const string ClientId = "salesforce_sample_key";

    /// <summary>The app's consumer secret.</summary>
    public const string ClientSecret = "salesforce_sample_secret";

    private const string SignIn = "/services/oauth2/token";
    private const string Api = "/services/data/v65.0";
    private const int OpenPlaces = 10;
    private static readonly TimeSpan SessionLife = TimeSpan.FromHours(2);
    private static readonly TimeSpan PlaceLife = TimeSpan.FromDays(2);

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly int batch;
    private readonly Dictionary<string, SalesforceTable> tables;
    private readonly SalesforceJobs jobs;
    private readonly ConcurrentDictionary<string, DateTimeOffset> sessions = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly List<Place> places = [];
    private int sessionsBegun;
    private int placesGiven;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="batch">Records of a batch, which the org may make smaller than it could be.</param>
    /// <param name="customFields">How many fields the org has added to each object.</param>
    /// <param name="requestsPerDay">How often it may be asked.</param>
    public SalesforceServer(IEnumerable<SampleFile> files, VendorClock clock, int batch = LargestBatch, int customFields = 0, int requestsPerDay = RequestsPerDay)
    {
        (this.clock, this.batch, throttle) = (clock, batch, new Throttle(requestsPerDay, TimeSpan.FromDays(1), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        records.Define("salesforce");
        tables = Objects.ToDictionary(name => name, name => new SalesforceTable(name, records.Read($"salesforce_{name.ToLowerInvariant()}"), customFields, clock), StringComparer.Ordinal);
        jobs = new SalesforceJobs(tables, batch);
    }

    private static string[] Objects => ["Account", "Contact", "User", "Opportunity", "Contract", "Case", "CaseHistory"];

    /// <inheritdoc />
    public string Source => "salesforce";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "customer_merge", "contact", "employee", "opportunity", "contract_term", "ticket", "ticket_event"];

    /// <summary>Sessions that were begun.</summary>
    public int Sessions => sessionsBegun;

    /// <summary>Jobs that were begun.</summary>
    public int Jobs => jobs.Count;

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(tables.Values.Min(table => table.FirstChangedAt)).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        Settings = { ["instance_url"] = $"{root}", ["client_id"] = ClientId },
        Secrets = { ["client_secret"] = ClientSecret },
    };

    /// <inheritdoc />
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        if (path == SignIn && HttpMethods.IsPost(request.Method))
        {
            await BeginSessionAsync(context);
            return;
        }

        if (SessionOf(request) is not { } session)
        {
            await context.SalesforceErrorAsync(StatusCodes.Status401Unauthorized, "INVALID_SESSION_ID", "Session expired or invalid");
            return;
        }

        var turn = throttle.Take();
        context.Response.Headers["Sforce-Limit-Info"] = $"api-usage={throttle.Requests - turn.Remaining}/{throttle.Requests}";
        if (!turn.IsAdmitted)
        {
            await context.SalesforceErrorAsync(StatusCodes.Status403Forbidden, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
            return;
        }

        var parts = path.StartsWith($"{Api}/", StringComparison.Ordinal) ? path[(Api.Length + 1)..].Split('/') : [];
        await ((request.Method, parts) switch
        {
            ("GET", ["sobjects", var name, "describe"]) when tables.TryGetValue(name, out var table) => context.JsonAsync(table.Description()),
            ("GET", ["query"]) => AskAsync(context, session, isAll: false),
            ("GET", ["queryAll"]) => AskAsync(context, session, isAll: true),
            ("GET", ["query" or "queryAll", var locator]) => GoOnAsync(context, session, locator.Split('-')),
            ("POST", ["jobs", "query"]) => jobs.StartAsync(context),
            ("GET", ["jobs", "query", var job]) => jobs.LookAsync(context, job),
            ("GET", ["jobs", "query", var job, "results"]) => jobs.GiveAsync(context, job),
            _ => context.SalesforceErrorAsync(StatusCodes.Status404NotFound, "NOT_FOUND", "The requested resource does not exist"),
        });
    }

    private Task AskAsync(HttpContext context, string session, bool isAll)
    {
        if (SalesforceQuestion.Parse(context.Request.Query["q"].ToString()) is not { } question)
        {
            return context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, "MALFORMED_QUERY", "This server does not know what the query asks for.");
        }

        if (!tables.TryGetValue(question.Object, out var table))
        {
            return context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, "INVALID_TYPE", $"sObject type '{question.Object}' is not supported.");
        }

        if (table.Problem(question) is { } problem)
        {
            return context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, problem.Code, problem.Message);
        }

        var found = table.Find(question, isAll);
        return question.IsCount
            ? context.JsonAsync($$"""{"totalSize":{{found.Count}},"done":true,"records":[]}""")
            : GiveAsync(context, new Place($"01g{Interlocked.Increment(ref placesGiven):D12}AAA", session, clock.GetUtcNow() + PlaceLife, question, found), 0);
    }

    private Task GoOnAsync(HttpContext context, string session, string[] locator)
    {
        Place? place;
        lock (gate)
        {
            place = places.Find(known => known.Id == locator[0] && known.Session == session && clock.GetUtcNow() < known.ExpiresAt);
        }

        return place is not null && locator is [_, var number] && Questions.Number(number) is { } after && after >= 0 && after < place.Found.Count
            ? GiveAsync(context, place, (int)after)
            : context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, "INVALID_QUERY_LOCATOR", "invalid query locator");
    }

    /// <summary>A batch of what a question found; the place is kept where there is more, and the oldest one is given up for it.</summary>
    private Task GiveAsync(HttpContext context, Place place, int after)
    {
        var isDone = after + batch >= place.Found.Count;
        lock (gate)
        {
            places.Remove(place);
            if (!isDone)
            {
                places.RemoveRange(0, Math.Max(0, places.Count + 1 - OpenPlaces));
                places.Add(place);
            }
        }

        var next = isDone ? "" : $"\"nextRecordsUrl\":\"{context.Request.PathBase}{Api}/query/{place.Id}-{(after + batch).ToString(CultureInfo.InvariantCulture)}\",";
        var records = place.Found.Skip(after).Take(batch).Select(record => Selected(record, place.Question));
        return context.JsonAsync($$"""{"totalSize":{{place.Found.Count}},"done":{{(isDone ? "true" : "false")}},{{next}}"records":[{{string.Join(',', records)}}]}""");
    }

    private static string Selected(JsonObject record, SalesforceQuestion question)
    {
        var selected = new JsonObject { ["attributes"] = new JsonObject { ["type"] = question.Object, ["url"] = $"{Api}/sobjects/{question.Object}/{record["Id"]}" } };
        foreach (var field in question.Fields)
        {
            selected[field] = record[field]?.DeepClone();
        }

        return selected.ToJsonString();
    }

    private async Task BeginSessionAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials" || form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
        {
            await context.JsonAsync("""{"error":"invalid_client","error_description":"invalid client credentials"}""", StatusCodes.Status400BadRequest);
            return;
        }

        var session = $"salesforce_sample_session_{Interlocked.Increment(ref sessionsBegun)}";
        sessions[session] = clock.GetUtcNow() + SessionLife;
        await context.JsonAsync(JsonSerializer.Serialize(new
        {
            access_token = session,
            scope = "api",
            instance_url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}",
            token_type = "Bearer",
            issued_at = $"{clock.GetUtcNow().ToUnixTimeMilliseconds()}",
        }));
    }

    /// <summary>The session of a request, which goes on for another two hours.</summary>
    private string? SessionOf(HttpRequest request)
    {
        var now = clock.GetUtcNow();
        if (request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var session] || !sessions.TryGetValue(session, out var endsAt) || now >= endsAt)
        {
            return null;
        }

        sessions[session] = now + SessionLife;
        return session;
    }

    /// <summary>What a question found, of which a part has not been given yet.</summary>
    private sealed record Place(string Id, string Session, DateTimeOffset ExpiresAt, SalesforceQuestion Question, IReadOnlyList<JsonObject> Found);
}
