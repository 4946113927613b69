using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>
/// Records that Zendesk exports, those that changed longest ago first. What changed within the last minute waits for the next export, so that nothing
/// that is shown late is passed over. The older kind of export goes on from the second of the last record, which comes again; the newer one from a cursor.
/// </summary>
/// <param name="name">What the records are called.</param>
/// <param name="records">The records, the oldest first.</param>
/// <param name="clock">Says which are shown.</param>
internal sealed class ZendeskExport(string name, IReadOnlyList<VendorRecord> records, VendorClock clock)
{
    private const int Page = 1000;
    private const int HeldBackSeconds = 60;

    /// <summary>When the oldest one changed, in seconds since 1970.</summary>
    public long FirstChangedAt => records.Count == 0 ? long.MaxValue : records[0].At;

    private long LastSecond => clock.GetUtcNow().ToUnixTimeSeconds() - HeldBackSeconds;

    private IEnumerable<VendorRecord> Shown => records.TakeWhile(record => !IsTooRecent(record.At)).Where(clock.Shows);

    /// <summary>A start time has to lie a minute back at least.</summary>
    public bool IsTooRecent(long from) => from > LastSecond;

    /// <summary>A page of what changed at a second or later, which ends with all records of its last second.</summary>
    /// <param name="from">The second, since 1970.</param>
    /// <param name="address">The address that is asked for the next page.</param>
    public string Since(long from, string address)
    {
        var rest = Shown.SkipWhile(record => record.At < from).ToList();
        var page = rest.TakeWhile((record, place) => place < Page || record.At == rest[Page - 1].At).ToList();
        var (end, next) = page.Count == 0 ? ("null", "null") : ($"{page[^1].At}", $"\"{QueryHelpers.AddQueryString(address, "start_time", $"{page[^1].At}")}\"");
        return $$"""{"{{name}}":[{{Joined(page)}}],"count":{{page.Count}},"end_of_stream":{{Flag(page.Count == rest.Count)}},"end_time":{{end}},"next_page":{{next}}}""";
    }

    /// <summary>A page after a cursor.</summary>
    /// <param name="cursor">The cursor, such as that of a start time.</param>
    /// <param name="address">The address that is asked for the next page.</param>
    /// <returns>Null: it is no cursor.</returns>
    public string? After(string cursor, string address)
    {
        if (PlaceOf(cursor) is not { } after)
        {
            return null;
        }

        var rest = Shown.SkipWhile(record => record.At < after.At || (record.At == after.At && string.CompareOrdinal(record.Id, after.Id) <= 0)).ToList();
        var page = rest.Take(Page).ToList();
        var next = page.Count == 0 ? cursor : Cursor(page[^1].At, page[^1].Id);
        return $$"""
            {"{{name}}":[{{Joined(page)}}],"end_of_stream":{{Flag(page.Count == rest.Count)}},"before_cursor":null,"before_url":null,
            "after_cursor":"{{next}}","after_url":"{{QueryHelpers.AddQueryString(address, "cursor", next)}}"}
            """;
    }

    /// <summary>The cursor that begins with a second.</summary>
    /// <param name="from">The second, since 1970.</param>
    public static string CursorOf(long from) => Cursor(from, "");

    private static string Cursor(long at, string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{at}|{id}"));

    private static (long At, string Id)? PlaceOf(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split('|') is [var at, var id]
            && long.TryParse(at, NumberStyles.Integer, CultureInfo.InvariantCulture, out var second)
                ? (second, id)
                : null;
    }

    private static string Joined(IEnumerable<VendorRecord> page) => string.Join(',', page.Select(record => record.Json));

    private static string Flag(bool value) => value ? "true" : "false";
}
