using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Api;

/// <summary>
/// Carries a request to the API and its answer back, for hosts that answer by ASP.NET Core. It is compiled into each of them, because the library
/// knows no host.
/// </summary>
internal static class ApiExchange
{
    /// <summary>What the address of everything begins with.</summary>
    public const string Root = "/api";

    /// <summary>Answers a request.</summary>
    public static async Task AnswerAsync(this CcoApi api, HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        var asked = new ApiRequest(
            request.Method,
            path.StartsWith(Root + '/', StringComparison.OrdinalIgnoreCase) ? path[Root.Length..] : path,
            request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal),
            request.Body)
        {
            ContentType = request.ContentType,
            IfNoneMatch = request.Headers.IfNoneMatch.Count > 0 ? request.Headers.IfNoneMatch.ToString() : null,
        };
        await context.Response.WriteAsync(await api.AnswerAsync(asked, context.RequestAborted), context.RequestAborted);
    }

    /// <summary>Writes an answer.</summary>
    public static async Task WriteAsync(this HttpResponse response, ApiAnswer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status != StatusCodes.Status304NotModified)
        {
            response.ContentType = answer.ContentType;
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, cancellationToken);
        }
    }
}
