using System.Globalization;
using System.Text.Json;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>Records that Chargebee lists, those first that changed longest ago. An offset goes on after the record that it names.</summary>
/// <param name="records">The records.</param>
/// <param name="changed">What the time of change is called, by which they are filtered.</param>
/// <param name="sorts">What they can be sorted by.</param>
internal sealed class ChargebeeList(ChangingRecords records, string changed, IReadOnlyList<string> sorts)
{
    /// <summary>What the time of change is called, by which they are filtered.</summary>
    public string Changed => changed;

    /// <summary>What they can be sorted by.</summary>
    public IReadOnlyList<string> Sorts => sorts;

    /// <summary>When the first one was made, in seconds since 1970.</summary>
    public long FirstAt => records.FirstAt;

    /// <summary>The record with an id; null: there is none.</summary>
    public VendorRecord? Find(string id) => records.Shown.FirstOrDefault(record => record.Id == id);

    /// <summary>A page, and the offset of the next one, null after the last.</summary>
    /// <param name="after">Records that changed after this second, since 1970.</param>
    /// <param name="withDeleted">Whether those that were deleted are among them.</param>
    /// <param name="offset">The offset; empty: the first page.</param>
    /// <param name="limit">Records at most.</param>
    /// <param name="ids">The ids that are asked for; null: all.</param>
    /// <returns>Null: it is no offset.</returns>
    public (IReadOnlyList<VendorRecord> Records, string? Next)? Page(long after, bool withDeleted, string offset, int limit, IReadOnlyCollection<string>? ids = null)
    {
        if (PlaceOf(offset) is not { } place)
        {
            return null;
        }

        var rest = records.Shown.Where(record => record.At > after && (withDeleted || !IsDeleted(record)) && ids?.Contains(record.Id) != false)
            .SkipWhile(record => record.At < place.At || (record.At == place.At && string.CompareOrdinal(record.Id, place.Id) <= 0));
        var page = rest.Take(limit + 1).ToList();
        return page.Count <= limit ? (page, null) : (page[..limit], $"{page[limit - 1].At}|{page[limit - 1].Id}");
    }

    private static (long At, string Id)? PlaceOf(string offset) => offset.Length == 0 ? (long.MinValue, "")
        : offset.Split('|') is [var at, var id] && long.TryParse(at, NumberStyles.Integer, CultureInfo.InvariantCulture, out var second) ? (second, id)
        : null;

    private static bool IsDeleted(VendorRecord record)
    {
        using var json = JsonDocument.Parse(record.Json);
        return json.RootElement.EnumerateObject().First().Value.TryGetProperty("deleted", out var deleted) && deleted.GetBoolean();
    }
}
