using Cco.Pipeline.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Answers what is asked over HTTP below <c>/api</c>, for whoever has a key of the app or comes through its sign-in.</summary>
public sealed class AnswerApi(CcoApi api)
{
    /// <returns>Nothing more: the answer has been written by then.</returns>
    [Function(nameof(AnswerApi))]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post", "delete", Route = "{*path}")] HttpRequest request)
    {
        await api.AnswerAsync(request.HttpContext);
        return new EmptyResult();
    }
}
