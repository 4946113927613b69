using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>How Recurly lists records: by the time when they were made or changed, up or down, within a span, a page at a time.</summary>
internal static class RecurlyList
{
    private const string Changed = "updated_at";
    private const string Made = "created_at";
    private const int UsualLimit = 20;
    private const int LargestLimit = 200;

    /// <summary>Answers with the page that is asked for.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="records">All records, whose time is that of their last change.</param>
    public static Task AnswerAsync(HttpContext context, IReadOnlyList<VendorRecord> records)
    {
        var query = context.Request.Query;
        var limit = (int)(Questions.Number(query["limit"]) ?? UsualLimit);
        var (sort, order) = (Or(query["sort"], Made), Or(query["order"], "desc"));
        if (limit is < 1 or > LargestLimit || sort is not (Changed or Made) || order is not ("asc" or "desc"))
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "bad_request", $"limit is between 1 and {LargestLimit}, sort {Made} or {Changed}, order asc or desc.");
        }

        var (from, to) = (Questions.Second(query["begin_time"]) ?? long.MinValue, Questions.Second(query["end_time"]) ?? long.MaxValue);
        var within = records.Select(record => (At: sort == Changed ? record.At : MadeAt(record), record.Id, record.Json)).Where(record => record.At >= from && record.At <= to);
        var sorted = (order == "asc" ? within.OrderBy(record => record.At).ThenBy(record => record.Id, StringComparer.Ordinal)
            : within.OrderByDescending(record => record.At).ThenByDescending(record => record.Id, StringComparer.Ordinal)).ToList();
        var cursor = query["cursor"].ToString();
        var place = cursor.Length == 0 ? 0 : sorted.FindIndex(record => record.Id == cursor) + 1;
        if (cursor.Length > 0 && place == 0)
        {
            return WrongAsync(context, StatusCodes.Status400BadRequest, "bad_request", $"The cursor '{cursor}' is not one that was given.");
        }

        var page = sorted.Skip(place).Take(limit).ToList();
        var hasMore = place + page.Count < sorted.Count;
        var next = hasMore ? JsonSerializer.Serialize(context.Request.With("cursor", page[^1].Id)) : "null";
        return context.JsonAsync(
            $$"""{"object":"list","has_more":{{(hasMore ? "true" : "false")}},"next":{{next}},"data":[{{string.Join(',', page.Select(record => record.Json))}}]}""");
    }

    /// <summary>Answers that something is wrong.</summary>
    public static Task WrongAsync(HttpContext context, int status, string type, string message) =>
        context.JsonAsync(JsonSerializer.Serialize(new { error = new { type, message } }), status);

    private static string Or(string? given, string usual) => string.IsNullOrEmpty(given) ? usual : given;

    private static long MadeAt(VendorRecord record)
    {
        using var json = JsonDocument.Parse(record.Json);
        return Questions.Second(json.RootElement.GetProperty(Made).GetString()) ?? throw new InvalidOperationException($"The record {record.Id} does not say when it was made.");
    }
}
