using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Sample;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Typeform's API: a personal token; forms in numbered pages of at most 200; responses of a form, the newest first, at most 1,000 a page, from before the token
/// of one on; two requests a second. It surveys what the company's own tool does in the sample, so the demo leaves it out.
/// </summary>
internal sealed class TypeformServer : IVendorServer
{
    /// <summary>Requests in a second.</summary>
    public const int RequestsPerSecond = 2;

    /// <summary>The token that it wants.</summary>
    public const string Token = "tfp_sample";

    private const int UsualForms = 10;
    private const int LargestForms = 200;
    private const int UsualResponses = 25;
    private const int LargestResponses = 1000;

    private readonly VendorClock clock;
    private readonly Throttle throttle;
    private readonly IReadOnlyList<VendorRecord> forms;
    private readonly ILookup<string, VendorRecord> responses;

    /// <param name="files">The files of the sample company.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="requestsPerSecond">How often it may be asked.</param>
    public TypeformServer(IEnumerable<SampleFile> files, VendorClock clock, int requestsPerSecond = RequestsPerSecond)
    {
        (this.clock, throttle) = (clock, new Throttle(requestsPerSecond, TimeSpan.FromSeconds(1), clock));
        using var records = new SampleRecords(files, SampleFile.OwnSystem, Entities);
        forms = records.Read("typeform_form");
        responses = records.ReadOfParents("typeform_response").Reverse().ToLookup(response => response.Parent, response => response.Record, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public string Source => "typeform";

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => ["survey_response"];

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => new()
    {
        Start = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(forms[0].At).UtcDateTime),
        BaseUrl = root,
        Secrets = { ["token"] = Token },
    };

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            return WrongAsync(context, StatusCodes.Status403Forbidden, "AUTHENTICATION_FAILED", "Authentication credentials not found on the Request Headers");
        }

        if (!throttle.Take().IsAdmitted)
        {
            return WrongAsync(context, StatusCodes.Status429TooManyRequests, "TOO_MANY_REQUESTS", "Too many requests.");
        }

        var path = context.Request.Path.Value ?? "";
        return path.Split('/') switch
        {
            ["", "forms"] => FormsAsync(context),
            ["", "forms", var form, "responses"] when forms.Any(known => known.Id == form) => ResponsesAsync(context, form),
            _ => WrongAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", $"There is nothing at {path}."),
        };
    }

    private Task FormsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (page, size) = ((int)(Questions.Number(query["page"]) ?? 1), (int)(Questions.Number(query["page_size"]) ?? UsualForms));
        return size is < 1 or > LargestForms
            ? WrongAsync(context, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"page_size must be between 1 and {LargestForms}.")
            : ListAsync(context, forms.Count, size, forms.Skip((page - 1) * size).Take(size));
    }

    private Task ResponsesAsync(HttpContext context, string form)
    {
        var query = context.Request.Query;
        var (from, to) = (Questions.Number(query["since"]) ?? 0, Questions.Number(query["until"]) ?? long.MaxValue);
        var within = responses[form].Where(response => response.At >= from && response.At <= to && clock.Shows(response)).ToList();
        var (before, size) = (query["before"].ToString(), (int)(Questions.Number(query["page_size"]) ?? UsualResponses));
        var place = before.Length == 0 ? 0 : within.FindIndex(response => response.Id == before) + 1;
        return size is < 1 or > LargestResponses ? WrongAsync(context, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"page_size must be between 1 and {LargestResponses}.")
            : before.Length > 0 && place == 0 ? WrongAsync(context, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"There is no response with the token '{before}'.")
            : ListAsync(context, within.Count, size, within.Skip(place).Take(size));
    }

    private static Task ListAsync(HttpContext context, int total, int size, IEnumerable<VendorRecord> items) => context.JsonAsync(
        $$"""{"total_items":{{total}},"page_count":{{(total + size - 1) / size}},"items":[{{string.Join(',', items.Select(item => item.Json))}}]}""");

    private static Task WrongAsync(HttpContext context, int status, string code, string description) =>
        context.JsonAsync(JsonSerializer.Serialize(new { code, description }), status);
}
