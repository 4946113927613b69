using System.Collections.Concurrent;
using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Zendesk's ticketing API of an account with the add-on for high volume: tokens by OAuth client credentials, which expire; incremental exports, limited
/// apart from all else; lists by cursor; headers that say what is left of the minute, and 429 with a wait. Tickets come with their metrics whether
/// they are asked for or not.
/// </summary>
internal sealed class ZendeskServer : IVendorServer
{
    /// <summary>What the account may ask in a minute.</summary>
    public const int RequestsPerMinute = 2500;

    /// <summary>Exports among it.</summary>
    public const int ExportsPerMinute = 30;

    /// <summary>The OAuth client that it knows.</summary>
    public const string ClientId = "cco_pipeline";

    /// <summary>The client's secret.</summary>
    public const string ClientSecret = "zendesk_sample_secret";

    private const string Api = "/api/v2";
    private const string Exports = $"{Api}/incremental/";
    private const string Schedules = $"{Api}/business_hours/schedules";
    private const int LargestPage = 100;
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(8);

    private readonly VendorClock clock;
    private readonly Throttle requests;
    private readonly Throttle exports;
    private readonly Dictionary<string, ZendeskExport> exported;
    private readonly IReadOnlyList<VendorRecord> ratings;
    private readonly IReadOnlyList<VendorRecord> schedules;
    private readonly Dictionary<string, string> holidays;
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private int given;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="exportsPerMinute">Exports that may be asked for in a minute.</param>
    public ZendeskServer(IEnumerable<SampleFile> files, VendorClock clock, int exportsPerMinute = ExportsPerMinute)
    {
        this.clock = clock;
        (requests, exports) = (new Throttle(RequestsPerMinute, TimeSpan.FromMinutes(1), clock), new Throttle(exportsPerMinute, TimeSpan.FromMinutes(1), clock));
        using var records = new SampleRecords(files, Source, Entities);
        records.Define("zendesk");
        exported = Exported.ToDictionary(stream => $"{stream}s", stream => new ZendeskExport($"{stream}s", records.Read($"zendesk_{stream}"), clock), StringComparer.Ordinal);
        (ratings, schedules) = (records.Read("zendesk_satisfaction_rating"), records.Read("zendesk_schedule"));
        holidays = records.Read("zendesk_holiday").ToDictionary(schedule => schedule.Id, schedule => schedule.Json, StringComparer.Ordinal);
    }

    private static string[] Exported => ["ticket", "ticket_event", "ticket_metric_event", "user", "organization"];

    /// <inheritdoc />
    public string Source => "zendesk";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "contact", "employee", "ticket", "ticket_event", "survey_invitation", "survey_response", "business_schedule"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(exported.Values.Min(export => export.FirstChangedAt)).UtcDateTime),
        BaseUrl = new Uri($"{root}{Api}"),
        RequestsPerSecond = RequestsPerMinute / 60,
        Settings = { ["subdomain"] = "sample", ["client_id"] = ClientId },
        Secrets = { ["client_secret"] = ClientSecret },
    };

    /// <inheritdoc />
    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == "/oauth/tokens" && HttpMethods.IsPost(context.Request.Method))
        {
            await GiveTokenAsync(context);
            return;
        }

        if (!IsSignedIn(context.Request))
        {
            await context.JsonAsync("""{"error":"invalid_token","error_description":"The access token provided is expired, revoked, malformed or invalid for other reasons."}""", StatusCodes.Status401Unauthorized);
            return;
        }

        var turn = requests.Take();
        Limits(context.Response, requests, turn);
        if (turn.IsAdmitted && path.StartsWith(Exports, StringComparison.Ordinal))
        {
            turn = exports.Take();
        }

        if (!turn.IsAdmitted)
        {
            context.Response.Headers.RetryAfter = $"{turn.SecondsLeft}";
            await WrongAsync(context, StatusCodes.Status429TooManyRequests, "APIRateLimitExceeded", "Number of allowed API requests per minute exceeded");
            return;
        }

        await (HttpMethods.IsGet(context.Request.Method) ? ReadAsync(context, path) : NotFoundAsync(context));
    }

    private Task ReadAsync(HttpContext context, string path)
    {
        if (path.StartsWith(Exports, StringComparison.Ordinal) && path[Exports.Length..].Split('/') is [var name, ..] && exported.TryGetValue(name, out var export))
        {
            return path == $"{Exports}{name}/cursor" && name is "tickets" or "users" ? AfterAsync(context, export)
                : path == $"{Exports}{name}" ? SinceAsync(context, export)
                : NotFoundAsync(context);
        }

        if (path.StartsWith($"{Schedules}/", StringComparison.Ordinal) && path[Schedules.Length..].Split('/') is ["", var schedule, "holidays"] && schedules.Any(known => known.Id == schedule))
        {
            return context.JsonAsync($$"""{"holidays":{{holidays.GetValueOrDefault(schedule, "[]")}}}""");
        }

        return path switch
        {
            $"{Api}/users/me" => context.JsonAsync("""{"user":{"id":1,"role":"admin","active":true}}"""),
            $"{Api}/satisfaction_ratings" => RatingsAsync(context),
            Schedules => context.JsonAsync($$"""{"schedules":[{{string.Join(',', schedules.Select(known => known.Json))}}]}"""),
            _ => NotFoundAsync(context),
        };
    }

    private static Task SinceAsync(HttpContext context, ZendeskExport export)
    {
        return Questions.Number(context.Request.Query["start_time"]) is not { } from ? WrongAsync(context, StatusCodes.Status400BadRequest, "InvalidValue", "start_time is missing")
            : export.IsTooRecent(from) ? TooRecentAsync(context)
            : context.JsonAsync(export.Since(from, Address(context.Request)));
    }

    private static Task AfterAsync(HttpContext context, ZendeskExport export)
    {
        var (cursor, from) = (context.Request.Query["cursor"].ToString(), Questions.Number(context.Request.Query["start_time"]));
        if (cursor.Length == 0 && from is null)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "InvalidValue", "start_time is missing");
        }

        if (cursor.Length == 0 && export.IsTooRecent(from!.Value))
        {
            return TooRecentAsync(context);
        }

        return export.After(cursor.Length > 0 ? cursor : ZendeskExport.CursorOf(from!.Value), Address(context.Request)) is { } page
            ? context.JsonAsync(page)
            : WrongAsync(context, StatusCodes.Status400BadRequest, "InvalidValue", "cursor is not valid");
    }

    private Task RatingsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (from, to) = (Questions.Number(query["start_time"]) ?? long.MinValue, Questions.Number(query["end_time"]) ?? long.MaxValue);
        var size = (int)(Questions.Number(query["page[size]"]) ?? 0);
        if (size is < 1 or > LargestPage)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "InvalidPaginationParameter", $"page[size] must be between 1 and {LargestPage}");
        }

        var within = ratings.Where(rating => rating.At >= from && rating.At <= to && clock.Shows(rating)).ToList();
        var after = query["page[after]"].ToString();
        var place = after.Length == 0 ? 0 : within.FindIndex(rating => rating.Id == after) + 1;
        var page = within.Skip(place).Take(size).ToList();
        var cursor = page.Count == 0 ? "null" : $"\"{page[^1].Id}\"";
        return after.Length > 0 && place == 0
            ? WrongAsync(context, StatusCodes.Status400BadRequest, "InvalidPaginationParameter", "page[after] is not valid")
            : context.JsonAsync($$$"""
                {"satisfaction_ratings":[{{{string.Join(',', page.Select(rating => rating.Json))}}}],
                "meta":{"has_more":{{{(place + page.Count < within.Count ? "true" : "false")}}},"after_cursor":{{{cursor}}},"before_cursor":null}}
                """);
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials" || form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
        {
            await context.JsonAsync("""{"error":"invalid_client","error_description":"Client authentication failed."}""", StatusCodes.Status401Unauthorized);
            return;
        }

        var life = Questions.Number(form["expires_in"]) is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualLife;
        var token = $"zendesk_sample_token_{Interlocked.Increment(ref given)}";
        tokens[token] = clock.GetUtcNow() + life;
        await context.JsonAsync(JsonSerializer.Serialize(new { access_token = token, token_type = "bearer", scope = form["scope"].ToString(), expires_in = (long)life.TotalSeconds }));
    }

    private bool IsSignedIn(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var token] && tokens.TryGetValue(token, out var expiresAt) && clock.GetUtcNow() < expiresAt;

    private static void Limits(HttpResponse response, Throttle throttle, Turn turn)
    {
        response.Headers["ratelimit-limit"] = $"{throttle.Requests}";
        response.Headers["ratelimit-remaining"] = $"{turn.Remaining}";
        response.Headers["ratelimit-reset"] = $"{turn.SecondsLeft}";
    }

    /// <summary>The address that was asked, with what is asked for beside the records.</summary>
    private static string Address(HttpRequest request)
    {
        var address = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";
        return request.Query["include"].ToString() is { Length: > 0 } include ? $"{address}?include={Uri.EscapeDataString(include)}" : address;
    }

    private static Task TooRecentAsync(HttpContext context) =>
        WrongAsync(context, StatusCodes.Status400BadRequest, "StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds");

    private static Task NotFoundAsync(HttpContext context) => WrongAsync(context, StatusCodes.Status404NotFound, "RecordNotFound", "Not found");

    private static Task WrongAsync(HttpContext context, int status, string error, string description) => context.JsonAsync(JsonSerializer.Serialize(new { error, description }), status);
}
