using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>How Salesforce says what is wrong.</summary>
internal static class SalesforceAnswers
{
    /// <summary>Answers with an error.</summary>
    public static Task SalesforceErrorAsync(this HttpContext context, int status, string errorCode, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new[] { new { message, errorCode } }), status);
}
