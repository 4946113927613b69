using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Api;

/// <summary>
/// Everything that can be asked over HTTP, the same in every host: each passes requests on and answers on. Who may ask is the host's matter. What is
/// asked for has an ETag; what goes wrong is a problem as RFC 9457 has it.
/// </summary>
public sealed partial class CcoApi
{
    /// <summary>Bytes of a body at most.</summary>
    public const int MostBytes = 64 << 10;

    private readonly ILogger<CcoApi> logger;

    /// <param name="lake">The lake.</param>
    /// <param name="backfills">Its backfills.</param>
    /// <param name="logger">Hears of faults.</param>
    public CcoApi(ILake lake, Backfills backfills, ILogger<CcoApi> logger)
    {
        this.logger = logger;
        var routes = new List<ApiRoute>([.. new StateApi(lake).Routes, .. new BackfillApi(backfills).Routes]);
        routes.Add(new ApiRoute("GET", "/openapi.json", "getOpenApi", "This document.", (_, _) => Task.FromResult(ApiAnswer.Of(OpenApi.Document(routes)))));
        Routes = routes;
    }

    /// <summary>What can be asked for.</summary>
    internal IReadOnlyList<ApiRoute> Routes { get; }

    /// <summary>Answers a request.</summary>
    public async Task<ApiAnswer> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RoutedAsync(request, cancellationToken);
            return (request.Method == "GET" && answer.Status == 200 ? answer.Tagged(request.IfNoneMatch) : answer).With("Cache-Control", "no-cache").With("X-Content-Type-Options", "nosniff");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (ApiProblem.Of(exception) is { } problem)
            {
                return problem;
            }

            RequestFailed(exception, request.Method, request.Path);
            return ApiProblem.Answer(500, "A fault in the program; its log says more.");
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void RequestFailed(Exception exception, string method, string path);

    private Task<ApiAnswer> RoutedAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var found = Routes.Select(route => (Route: route, Values: route.Match(request.Path))).Where(match => match.Values is not null).ToList();
        if (found.Find(match => match.Route.Method == request.Method) is { Route: { } route, Values: { } values })
        {
            return route.Answer(new ApiCall(request, values), cancellationToken);
        }

        return Task.FromResult(found.Count > 0
            ? ApiProblem.Answer(405, $"There is no {request.Method} here.").With("Allow", string.Join(", ", found.Select(match => match.Route.Method).Order(StringComparer.Ordinal)))
            : ApiProblem.Answer(404, "There is nothing here; /api/openapi.json says what there is."));
    }
}
