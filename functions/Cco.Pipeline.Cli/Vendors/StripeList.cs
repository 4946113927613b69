namespace Cco.Pipeline.Cli.Vendors;

/// <summary>Records that Stripe lists at a path, the newest first.</summary>
/// <param name="path">The path.</param>
/// <param name="oldestFirst">The records.</param>
/// <param name="clock">Says which are shown.</param>
internal sealed class StripeList(string path, IReadOnlyList<VendorRecord> oldestFirst, VendorClock clock)
{
    private readonly VendorRecord[] records = [.. oldestFirst.Reverse()];
    private readonly Dictionary<string, int> places = oldestFirst.Reverse().Index().ToDictionary(record => record.Item.Id, record => record.Index, StringComparer.Ordinal);

    /// <summary>When the oldest one was made, in seconds since 1970.</summary>
    public long FirstCreatedAt => records.Length == 0 ? long.MaxValue : records[^1].At;

    /// <summary>A page.</summary>
    /// <param name="from">No records made before, in seconds since 1970; null: all.</param>
    /// <param name="to">No records made then or later; null: all.</param>
    /// <param name="after">The id of the last record of the page before; empty: the first page.</param>
    /// <param name="limit">Records at most.</param>
    /// <returns>Null: there is no record with that id.</returns>
    public string? Page(long? from, long? to, string after, int limit)
    {
        var place = -1;
        if (after.Length > 0 && !places.TryGetValue(after, out place))
        {
            return null;
        }

        var rest = records.Skip(place + 1).SkipWhile(record => record.At >= (to ?? long.MaxValue)).TakeWhile(record => record.At >= (from ?? long.MinValue)).Where(clock.Shows);
        var page = rest.Take(limit + 1).Select(record => record.Json).ToList();
        var hasMore = page.Count > limit;
        return $$"""{"object":"list","url":"{{path}}","has_more":{{(hasMore ? "true" : "false")}},"data":[{{string.Join(',', page.Take(limit))}}]}""";
    }
}
