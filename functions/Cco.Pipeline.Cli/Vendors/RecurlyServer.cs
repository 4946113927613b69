using System.Text.Json;
using System.Text.Json.Nodes;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Recurly's API: a private key as the user of basic authentication, and the version in the header Accept; lists of at most 200 records a page, each with the address of the next one, of
/// those that were made or changed within a span whose first and last instant belong to it; 5,000 requests in five minutes, which
/// headers tell of, and then 429. It bills what the company bills through Stripe in the sample, so the demo leaves it out.
/// </summary>
internal sealed class RecurlyServer : IVendorServer
{
    /// <summary>What may be asked in five minutes.</summary>
    public const int RequestsPerFiveMinutes = 5000;

    /// <summary>The key that it wants.</summary>
    public const string Key = "recurly_sample_key";

    /// <summary>The version that it speaks.</summary>
    public const string Version = "v2021-02-25";

    private const string Stripe = "stripe";
    private const int UsualLines = 500;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly int linesOfInvoice;
    private readonly Dictionary<string, ChangingRecords> lists;
    private readonly ILookup<string, VendorRecord> redemptions;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerFiveMinutes">How often it may be asked.</param>
    /// <param name="linesOfInvoice">Lines that come with an invoice at most; the usual number is a guess.</param>
    public RecurlyServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerFiveMinutes = RequestsPerFiveMinutes, int linesOfInvoice = UsualLines)
    {
        (this.clock, this.linesOfInvoice, throttle) = (clock, linesOfInvoice, new Throttle(requestsPerFiveMinutes, TimeSpan.FromMinutes(5), clock));
        using var records = new SampleRecords(files, Stripe, Entities);
        records.Define("recurly");
        lists = Listed.ToDictionary(list => $"{list}s", list => new ChangingRecords(records.Read($"recurly_{list}"), clock), StringComparer.Ordinal);
        redemptions = records.ReadOfParents("recurly_coupon_redemption").ToLookup(redemption => redemption.Parent, redemption => redemption.Record, StringComparer.Ordinal);
    }

    private static string[] Listed => ["account", "item", "plan", "add_on", "subscription", "invoice", "transaction"];

    /// <inheritdoc />
    public string Source => "recurly";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["customer", "product", "plan", "subscription_item", "discount", "invoice_line", "payment", "credit_note"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(lists.Values.Min(list => list.FirstAt)).UtcDateTime),
        BaseUrl = root,
        Secrets = { ["api_key"] = Key },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        if (request.Headers.Accept.ToString() is not ($"application/vnd.recurly.{Version}" or $"application/vnd.recurly.{Version}+json"))
        {
            return RecurlyList.WrongAsync(context, StatusCodes.Status406NotAcceptable, "invalid_api_version", "The header Accept names no version that there is.");
        }

        headers["Recurly-Version"] = $"recurly.{Version}";
        if (!request.SignsInWith(Key))
        {
            return RecurlyList.WrongAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "The API key is not valid.");
        }

        var turn = throttle.Take();
        headers["X-RateLimit-Limit"] = $"{throttle.Requests}";
        headers["X-RateLimit-Remaining"] = $"{turn.Remaining}";
        headers["X-RateLimit-Reset"] = $"{clock.GetUtcNow().AddSeconds(turn.SecondsLeft).ToUnixTimeSeconds()}";
        return !turn.IsAdmitted ? RecurlyList.WrongAsync(context, StatusCodes.Status429TooManyRequests, "rate_limited", "Too many requests.")
            : HttpMethods.IsGet(request.Method) ? ReadAsync(context, request.Path.Value ?? "")
            : NotFoundAsync(context);
    }

    private Task ReadAsync(HttpContext context, string path) => path.Split('/') switch
    {
        ["", "sites"] => RecurlyList.AnswerAsync(context, [new VendorRecord("sample", 0, """{"id":"sample","object":"site","created_at":"2020-01-01T00:00:00Z"}""")]),
        ["", "invoices"] => RecurlyList.AnswerAsync(context, [.. lists["invoices"].Shown.Select(WithFirstLines)]),
        ["", var name] when lists.TryGetValue(name, out var list) => RecurlyList.AnswerAsync(context, list.Shown),
        ["", "accounts", var account, "coupon_redemptions"] when Find("accounts", account) is not null => RecurlyList.AnswerAsync(context, [.. redemptions[account].Where(clock.Shows)]),
        ["", "invoices", var id, "line_items"] when Find("invoices", id) is { } invoice => RecurlyList.AnswerAsync(context, Lines(invoice)),
        _ => NotFoundAsync(context),
    };

    private VendorRecord? Find(string list, string id) => lists[list].Shown.FirstOrDefault(record => record.Id == id);

    private VendorRecord WithFirstLines(VendorRecord invoice)
    {
        var json = JsonNode.Parse(invoice.Json)!;
        var lines = json["line_items"]!.AsArray();
        if (lines.Count <= linesOfInvoice)
        {
            return invoice;
        }

        json["line_items"] = new JsonArray([.. lines.Take(linesOfInvoice).Select(line => line!.DeepClone())]);
        json["has_more_line_items"] = true;
        return invoice with { Json = json.ToJsonString() };
    }

    private static List<VendorRecord> Lines(VendorRecord invoice)
    {
        using var json = JsonDocument.Parse(invoice.Json);
        return [.. json.RootElement.GetProperty("line_items").EnumerateArray().Select(line => new VendorRecord(line.GetProperty("id").GetString()!, invoice.At, line.GetRawText()))];
    }

    private static Task NotFoundAsync(HttpContext context) => RecurlyList.WrongAsync(context, StatusCodes.Status404NotFound, "not_found", $"Couldn't find {context.Request.Path}.");
}
