using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Api;

/// <summary>What went wrong, as RFC 9457 has it.</summary>
/// <param name="Type">What kind of problem: <c>about:blank</c>, so the status says it.</param>
/// <param name="Title">The name of the status.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">What happened, where, and what to do.</param>
public sealed record ApiProblem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    private static readonly Dictionary<int, string> Titles = new()
    {
        [400] = "Bad Request",
        [401] = "Unauthorized",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [409] = "Conflict",
        [413] = "Content Too Large",
        [415] = "Unsupported Media Type",
        [421] = "Misdirected Request",
        [500] = "Internal Server Error",
        [503] = "Service Unavailable",
    };

    /// <summary>The answer that says so.</summary>
    public static ApiAnswer Answer(int status, string detail) =>
        new(status, MediaType, JsonSerializer.SerializeToUtf8Bytes(new ApiProblem("about:blank", Titles[status], status, detail), PipelineJson.Readable));

    /// <summary>What an exception is for whoever asked; null where it is a fault of the program.</summary>
    internal static ApiAnswer? Of(Exception exception) => exception switch
    {
        ApiException refused => Answer(refused.Status, refused.Message),
        FormatException => Answer(400, exception.Message),
        _ when exception.GetType() == typeof(ArgumentException) => Answer(400, exception.Message.Split(" (Parameter '")[0]),
        FileNotFoundException => Answer(404, exception.Message),
        BackfillStateException or LakeConflictException or LakeLeasedException or ExtractException => Answer(409, exception.Message),
        IOException or UnauthorizedAccessException => Answer(503, exception.Message),
        _ => null,
    };
}

/// <summary>A request that is refused.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status => status;
}
