using System.Text;
using System.Text.Json;
using Cco.Pipeline.Api;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cco.Pipeline.Tests.Api;

/// <summary>The API over a source that nobody answers for and a lake.</summary>
internal sealed class ApiWorld : IDisposable
{
    private const string Orders =
        """
          order:
            description: An order.
            path: /orders
            query: { from: { window: from }, to: { window: to } }
            id: [id]
            incremental: { first_window: 30.00:00:00 }
        """;

    private readonly BackfillWorld world = new(new Uri("http://127.0.0.1:1"), Orders);

    public ApiWorld() => Api = new CcoApi(world.Source.Lake, world.Backfills, NullLogger<CcoApi>.Instance);

    public CcoApi Api { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<ApiAnswer> GetAsync(string path, string? known = null, params (string Name, string Value)[] query) => Api.AnswerAsync(
        new ApiRequest("GET", path, query.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal), Stream.Null) { IfNoneMatch = known }, Cancel);

    public Task<ApiAnswer> SendAsync(string method, string path, string body = "", string? type = "application/json") => Api.AnswerAsync(
        new ApiRequest(method, path, new Dictionary<string, string>(), new MemoryStream(Encoding.UTF8.GetBytes(body))) { ContentType = type }, Cancel);

    /// <summary>Reports a run.</summary>
    public Task ReportAsync(RunReport report) => world.Source.Lake.WriteOnceAsync(
        RunReport.PathOf(report.Id), (stream, token) => JsonSerializer.SerializeAsync(stream, report, PipelineJson.Readable, token), Cancel);

    public Task WriteAsync(string path, string text) => world.Source.Lake.WriteOnceAsync(
        new LakePath(path), (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), Cancel);

    public static JsonElement Json(ApiAnswer answer) => JsonDocument.Parse(answer.Body).RootElement;

    public void Dispose() => world.Dispose();
}
