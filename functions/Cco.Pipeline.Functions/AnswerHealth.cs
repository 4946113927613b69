using Cco.Pipeline.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Tells anyone how the app is, and nothing else.</summary>
public sealed class AnswerHealth(CcoApi api)
{
    /// <returns>Nothing more: the answer has been written by then.</returns>
    [Function(nameof(AnswerHealth))]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/{probe?}")] HttpRequest request)
    {
        await api.AnswerAsync(request.HttpContext);
        return new EmptyResult();
    }
}
