using System.Text.Json;
using System.Text.Json.Serialization;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Api;

/// <summary>What can be asked of backfills.</summary>
internal sealed class BackfillApi(Backfills backfills)
{
    private static readonly JsonSerializerOptions Strict = new(PipelineJson.Compact)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The routes.</summary>
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/backfills", "listBackfills", "The latest backfills, without their windows.", ListAsync)
        {
            Response = typeof(IReadOnlyList<BackfillReport>),
            Query = [ApiCall.LimitParameter],
        },
        new("POST", "/backfills", "startBackfill", "Starts a backfill, or the dry run of one.", StartAsync)
        {
            Request = typeof(BackfillBody),
            Response = typeof(BackfillReport),
            Status = 201,
            Problems = [409, 413, 415],
        },
        new("GET", "/backfills/{id}", "getBackfill", "How it stands with a backfill, and with each of its windows.", (call, token) => ReportAsync(call, backfills.ReportAsync, token))
        {
            Response = typeof(BackfillReport),
            Problems = [404],
        },
        new("GET", "/backfills/{id}/changes", "getBackfillChanges", "The numbers of KPIs that a dry run found to change.", ChangesAsync)
        {
            Response = typeof(IReadOnlyList<KpiChange>),
            Problems = [404],
        },
        new("DELETE", "/backfills/{id}", "cancelBackfill", "Gives a backfill up; what has been read stays.", (call, token) => ReportAsync(call, backfills.CancelAsync, token))
        {
            Response = typeof(BackfillReport),
            Problems = [404, 409],
        },
        Order("pause", "Has workers begin no further window of it.", backfills.PauseAsync),
        Order("resume", "Has it go on, and tells workers again of every window that is not read.", backfills.ResumeAsync),
        Order("retry", "Has windows that could not be read be tried again, and the marts be built where they could not be.", backfills.RetryAsync),
    ];

    private static ApiRoute Order(string name, string summary, Func<string, CancellationToken, Task<BackfillReport>> order) =>
        new("POST", $"/backfills/{{id}}/{name}", $"{name}Backfill", summary, (call, token) => ReportAsync(call, order, token)) { Response = typeof(BackfillReport), Problems = [404, 409] };

    private static async Task<ApiAnswer> ReportAsync(ApiCall call, Func<string, CancellationToken, Task<BackfillReport>> order, CancellationToken cancellationToken) =>
        ApiAnswer.Of(await order(call.Id, cancellationToken));

    private async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var reports = new List<BackfillReport>();
        foreach (var id in (await backfills.ListAsync(cancellationToken)).Take(call.Limit))
        {
            var report = await backfills.ReportAsync(id, cancellationToken);
            reports.Add(report with { Backfill = report.Backfill with { Windows = [] }, Windows = new Dictionary<int, WindowState>() });
        }

        return ApiAnswer.Of(reports);
    }

    private async Task<ApiAnswer> StartAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(call.Request, cancellationToken);
        var request = BackfillRequest.Of(body.Source, body.Streams ?? [], body.From, body.To) with { Replaces = body.Replace ?? false, IsDryRun = body.DryRun ?? false };
        var started = await backfills.StartAsync(request, cancellationToken);
        return ApiAnswer.Of(await backfills.ReportAsync(started.Id, cancellationToken), 201).With("Location", $"/api/backfills/{started.Id}");
    }

    private async Task<ApiAnswer> ChangesAsync(ApiCall call, CancellationToken cancellationToken) => ApiAnswer.Of(
        await backfills.ChangesAsync(call.Id, cancellationToken)
            ?? throw new ApiException(404, $"It is not known what the backfill {call.Id} would change: it is no dry run, has not ended yet, or there are no published marts to hold it against."));

    private static async Task<BackfillBody> ReadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ApiException(415, "Send the body as application/json.");
        }

        var bytes = new byte[CcoApi.MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > CcoApi.MostBytes
            ? throw new ApiException(413, $"The body has more than {CcoApi.MostBytes} bytes.")
            : Parse(bytes.AsSpan(0, length));
    }

    private static BackfillBody Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<BackfillBody>(body, Strict) ?? throw new ApiException(400, "The body is null where a backfill is to be described.");
        }
        catch (JsonException exception)
        {
            throw new ApiException(400, $"The body is not what /api/openapi.json describes. {exception.Message.Replace($"type '{typeof(BackfillBody)}'", "it", StringComparison.Ordinal)}");
        }
    }
}

/// <summary>What is to be read again.</summary>
/// <param name="Source">The source.</param>
/// <param name="From">The first month or day, such as 2024-01 or 2024-01-15.</param>
/// <param name="To">The last month or day; it belongs to what is read.</param>
/// <param name="Streams">The streams; left out or empty: all that are configured.</param>
/// <param name="Replace">Records of the span that the vendor has no more count as deleted.</param>
/// <param name="DryRun">Nothing becomes part of the lake; what would change is told.</param>
internal sealed record BackfillBody(string Source, string From, string To, IReadOnlyList<string>? Streams = null, bool? Replace = null, bool? DryRun = null);
