using System.Text.Json;

namespace Cco.Pipeline.Extract;

/// <summary>What the errors of Salesforce mean: a list of objects, each with an <c>errorCode</c> and a <c>message</c>.</summary>
internal static class SalesforceErrors
{
    /// <summary>The code of the first error; null where the answer has none.</summary>
    public static string? Code(VendorAnswer answer)
    {
        try
        {
            return new AnswerReader("", []).Read(answer.Body.Span).Records is [var first, ..] ? new FieldPaths(["errorCode"]).Of(answer.Body.Span[first])[0] : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The page that was asked for is not kept any more: it has expired, or the session is over that it belonged to.</summary>
    public static bool IsPlaceLost(VendorAnswer answer) => !answer.IsGood && Code(answer) is "INVALID_QUERY_LOCATOR" or "INVALID_SESSION_ID";

    /// <summary>Makes an error of an answer that is none of what was asked for.</summary>
    /// <exception cref="ExtractException">It is not.</exception>
    public static void Check(VendorAnswer answer, VendorClient client, string what)
    {
        if (!answer.IsGood)
        {
            throw client.Wrong(what, Explained(answer));
        }
    }

    private static string Explained(VendorAnswer answer) => Code(answer) switch
    {
        "REQUEST_LIMIT_EXCEEDED" => $"the vendor answered {(int)answer.Status}: {answer.Excerpt} The API requests that the org has in 24 hours are used up, which all programs share: Setup, Company Information shows them. The next run goes on from here.",
        "API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED" => $"the vendor answered {(int)answer.Status}: {answer.Excerpt} The edition of the org, or the user, has no API: see the source's setup.",
        "NOT_FOUND" or "INVALID_TYPE" or "INSUFFICIENT_ACCESS" => $"the vendor answered {(int)answer.Status}: {answer.Excerpt} The org does not have the object, or the user may not read it: give the permission, or leave the stream out (setting Sources:<source>:Streams).",
        _ => VendorErrors.Explained(answer),
    };
}
