using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Stripe's API: lists, newest first, of at most 100 records a page that a record's id goes on from; a secret key in every request; 429 when asked too
/// often. Unlike Stripe, which forgets events after 30 days, it keeps those of subscriptions and customers since the first one, as
/// a lake would hold them that has been filled since then.
/// </summary>
internal sealed class StripeServer : IVendorServer
{
    /// <summary>What Stripe allows a live account to read in a second.</summary>
    public const int LiveRequestsPerSecond = 100;

    /// <summary>The key that it wants.</summary>
    public const string Key = "rk_live_sample";

    private const int UsualLimit = 10;
    private const int LargestLimit = 100;

    private readonly Dictionary<string, StripeList> lists;
    private readonly Throttle throttle;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerSecond">How often it may be asked.</param>
    public StripeServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerSecond = LiveRequestsPerSecond)
    {
        throttle = new Throttle(requestsPerSecond, TimeSpan.FromSeconds(1), clock);
        using var records = new SampleRecords(files, Source, Entities);
        records.Define("stripe");
        lists = Streams.ToDictionary(stream => $"/v1/{stream}s", stream => new StripeList($"/v1/{stream}s", records.Read($"stripe_{stream}"), clock), StringComparer.Ordinal);
    }

    /// <summary>What is listed. Charges, refunds and disputes are not: they name neither the invoice that was paid nor its tax, so payments arrive as files.</summary>
    private static string[] Streams => ["customer", "product", "price", "subscription", "invoice", "credit_note", "event"];

    /// <inheritdoc />
    public string Source => "stripe";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "product", "plan", "subscription_item", "invoice_line", "credit_note"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root)
    {
        var first = lists.Values.Min(list => list.FirstCreatedAt);
        var settings = new SourceSettings
        {
            Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(first).UtcDateTime),
            BaseUrl = new Uri($"{root}/v1"),
            RequestsPerSecond = LiveRequestsPerSecond,
            Secrets = { ["api_key"] = Key },
        };
        Streams.ToList().ForEach(settings.Streams.Add);
        return settings;
    }

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        if (request.Headers.Authorization != $"Bearer {Key}")
        {
            return WrongAsync(context, StatusCodes.Status401Unauthorized, "invalid_request_error", "Invalid API Key provided.");
        }

        if (!throttle.Take().IsAdmitted)
        {
            context.Response.Headers.RetryAfter = "1";
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "invalid_request_error", "Request rate limit exceeded.", "rate_limit");
        }

        if (path == "/v1/balance" && HttpMethods.IsGet(request.Method))
        {
            return context.JsonAsync("""{"object":"balance","livemode":true,"available":[],"pending":[]}""");
        }

        return lists.TryGetValue(path, out var list) && HttpMethods.IsGet(request.Method)
            ? ListAsync(context, list)
            : WrongAsync(context, StatusCodes.Status404NotFound, "invalid_request_error", $"Unrecognized request URL ({request.Method}: {path}).");
    }

    private static Task ListAsync(HttpContext context, StripeList list)
    {
        var query = context.Request.Query;
        var limit = (int)(Questions.Number(query["limit"]) ?? UsualLimit);
        if (limit is < 1 or > LargestLimit)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "invalid_request_error", $"Invalid integer: limit must be between 1 and {LargestLimit}.");
        }

        var after = query["starting_after"].ToString();
        return list.Page(Questions.Number(query["created[gte]"]), Questions.Number(query["created[lt]"]), after, limit) is { } page
            ? context.JsonAsync(page)
            : WrongAsync(context, StatusCodes.Status400BadRequest, "invalid_request_error", $"No such record: '{after}'.", "resource_missing");
    }

    private static Task WrongAsync(HttpContext context, int status, string type, string message, string? code = null) =>
        context.JsonAsync(JsonSerializer.Serialize(new { error = new { type, code, message } }), status);
}
