using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// The query jobs of Salesforce's Bulk API 2.0: what a question finds, as sets of comma-separated values, which do not belong to a session. A job is done by the time that
/// somebody looks at it.
/// </summary>
/// <param name="tables">The objects, by name.</param>
/// <param name="setRecords">Records of a set at most.</param>
internal sealed class SalesforceJobs(IReadOnlyDictionary<string, SalesforceTable> tables, int setRecords)
{
    private readonly ConcurrentDictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private int begun;

    /// <summary>How many were begun.</summary>
    public int Count => begun;

    /// <summary>Begins a job.</summary>
    public async Task StartAsync(HttpContext context)
    {
        var asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        if (SalesforceQuestion.Parse($"{asked["query"]}") is not { IsCount: false } question || !tables.TryGetValue(question.Object, out var table))
        {
            await context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, "API_ERROR", "This server does not know what the query asks for.");
            return;
        }

        if (table.Problem(question) is { } problem)
        {
            await context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, problem.Code, problem.Message);
            return;
        }

        var compound = question.Fields.FirstOrDefault(field => table.Fields.Any(known => known.Name == field && known.Type == "address"));
        if (compound is not null)
        {
            await context.SalesforceErrorAsync(StatusCodes.Status400BadRequest, "FUNCTIONALITY_NOT_ENABLED", $"Selecting compound data is not supported in a bulk query: {compound}.");
            return;
        }

        var (id, isAll) = ($"750{Interlocked.Increment(ref begun):D15}", $"{asked["operation"]}" == "queryAll");
        jobs[id] = new Job(question, isAll, table.Find(question, isAll));
        await TellAsync(context, id);
    }

    /// <summary>Tells how far a job is.</summary>
    public Task LookAsync(HttpContext context, string id)
    {
        if (!jobs.TryGetValue(id, out var job))
        {
            return NotFoundAsync(context);
        }

        job.IsDone = true;
        return TellAsync(context, id);
    }

    /// <summary>Gives a set of a job's records.</summary>
    public async Task GiveAsync(HttpContext context, string id)
    {
        var query = context.Request.Query;
        if (!jobs.TryGetValue(id, out var job))
        {
            await NotFoundAsync(context);
            return;
        }

        if (!job.IsDone)
        {
            await context.SalesforceErrorAsync(StatusCodes.Status412PreconditionFailed, "JOB_NOT_COMPLETE", "Only the results of a job that is complete can be downloaded.");
            return;
        }

        var (place, size) = ((int)(Questions.Number(query["locator"]) ?? 0), (int)Math.Min(Questions.Number(query["maxRecords"]) ?? setRecords, setRecords));
        var set = job.Records.Skip(place).Take(size).ToList();
        context.Response.ContentType = "text/csv";
        context.Response.Headers["Sforce-NumberOfRecords"] = $"{set.Count}";
        context.Response.Headers["Sforce-Locator"] = place + size < job.Records.Count ? $"{place + size}" : "null";
        var lines = set.Select(record => job.Question.Fields.Select(field => Cell(record[field]))).Prepend(job.Question.Fields);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(Line))), context.RequestAborted);
    }

    private Task TellAsync(HttpContext context, string id)
    {
        var job = jobs[id];
        return context.JsonAsync(
            $$"""{"id":"{{id}}","operation":"{{(job.IsAll ? "queryAll" : "query")}}","object":"{{job.Question.Object}}","state":"{{(job.IsDone ? "JobComplete" : "UploadComplete")}}","contentType":"CSV","columnDelimiter":"COMMA","lineEnding":"LF"}""");
    }

    private static Task NotFoundAsync(HttpContext context) => context.SalesforceErrorAsync(StatusCodes.Status404NotFound, "NOT_FOUND", "The requested resource does not exist");

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n";

    /// <summary>A value as files have it: nothing is an empty text, and an instant ends with a letter.</summary>
    private static string Cell(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "",
        JsonValueKind.String when value.GetValue<string>() is var text => text.EndsWith(".000+0000", StringComparison.Ordinal) ? $"{text[..^5]}Z" : text,
        _ => value.ToJsonString(),
    };

    private sealed class Job(SalesforceQuestion question, bool isAll, IReadOnlyList<JsonObject> records)
    {
        public SalesforceQuestion Question => question;

        public bool IsAll => isAll;

        public IReadOnlyList<JsonObject> Records => records;

        public bool IsDone { get; set; }
    }
}
