using System.Globalization;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Extract;

/// <summary>What an answer was, as far as the next request depends on it.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Beside">The values beside the records, by their paths.</param>
/// <param name="Count">Its records.</param>
/// <param name="Seen">Records of this and all earlier answers.</param>
/// <param name="LastKey">The keyset field of its last record.</param>
internal sealed record PageFacts(VendorAnswer Answer, IReadOnlyDictionary<string, string?> Beside, int Count, long Seen, string? LastKey);

/// <summary>Knows which answer is the last, and what the next request is told: a token, an address, a number, or the last record's field.</summary>
internal sealed partial class Pager(PagingDescription paging)
{
    /// <summary>The values beside the records that it asks for.</summary>
    public IEnumerable<string> Wanted => new[] { paging.Token, paging.More, paging.Last, paging.Total }.OfType<string>();

    /// <summary>The token of the next page; null after the last.</summary>
    /// <param name="page">The page that came.</param>
    /// <param name="current">The token it was asked with; null for the first.</param>
    /// <exception cref="FormatException">The answer does not say what it should.</exception>
    public string? Next(PageFacts page, string? current)
    {
        if (paging.Kind == PagingKind.None || IsLast(page))
        {
            return null;
        }

        return paging.Kind switch
        {
            PagingKind.Cursor or PagingKind.NextLink => page.Beside[paging.Token!] is { Length: > 0 } token ? token : Missing("the token", paging.Token!),
            PagingKind.LinkHeader => NextOf(page.Answer),
            PagingKind.Offset => (Number(current) + page.Count).ToString(CultureInfo.InvariantCulture),
            PagingKind.Page => (Number(current) + 1).ToString(CultureInfo.InvariantCulture),
            _ => page.LastKey ?? throw new FormatException($"the last record has no '{paging.Field}', which the next page is asked by."),
        };
    }

    /// <summary>What is set in the request for a page.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(string? token)
    {
        if (paging is { SizeParameter: { } name, Size: { } size })
        {
            yield return new(name, size.ToString(CultureInfo.InvariantCulture));
        }

        if (paging.Parameter is { } parameter && (token ?? FirstPage) is { } value)
        {
            yield return new(parameter, value);
        }
    }

    /// <summary>The next page is at an address of its own.</summary>
    public bool IsAddress => paging.Kind is PagingKind.NextLink or PagingKind.LinkHeader;

    private string? FirstPage => paging.Kind is PagingKind.Offset or PagingKind.Page && paging.First > 0 ? paging.First.ToString(CultureInfo.InvariantCulture) : null;

    private bool IsLast(PageFacts page) => paging.Stop switch
    {
        PagingStop.EmptyPage => page.Count == 0,
        PagingStop.ShortPage => page.Count < paging.Size,
        PagingStop.Flag => paging.More is { } more ? Flag(page, more) == "false" : Flag(page, paging.Last!) == "true",
        PagingStop.Total => page.Count == 0 || page.Seen >= Total(page),
        _ => paging.Kind == PagingKind.LinkHeader ? NextOf(page.Answer) is null : string.IsNullOrEmpty(page.Beside[paging.Token!]),
    };

    private static string Flag(PageFacts page, string path) => page.Beside[path] is { } flag and ("true" or "false") ? flag : Missing("whether there is more", path);

    private long Total(PageFacts page) =>
        long.TryParse(page.Beside[paging.Total!], NumberStyles.Integer, CultureInfo.InvariantCulture, out var total) ? total : long.Parse(Missing("how many records there are", paging.Total!), CultureInfo.InvariantCulture);

    private long Number(string? current) => current is null ? paging.First : long.Parse(current, CultureInfo.InvariantCulture);

    private static string Missing(string what, string path) => throw new FormatException($"the answer does not say {what}: there is no '{path}'.");

    private static string? NextOf(VendorAnswer answer) =>
        answer.Header("Link") is { } links && Link().Matches(links).FirstOrDefault(link => link.Groups["relation"].Value.Split(' ').Contains("next")) is { } next ? next.Groups["address"].Value : null;

    [GeneratedRegex("""<(?<address>[^>]+)>[^,]*?;\s*rel="?(?<relation>[^",;]+)"?""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Link();
}

/// <summary>Notices what would go round in circles: a token that came before, pages without end, a page that is the one before it.</summary>
internal sealed class PageGuard(int mostPages)
{
    private readonly HashSet<ulong> tokens = [];
    private ulong last;
    private int pages;

    /// <summary>Checks a page and the token of the next one.</summary>
    /// <param name="records">The ids of its records, in their order.</param>
    /// <param name="next">The token of the next page; null after the last.</param>
    /// <exception cref="FormatException">It would go round in circles.</exception>
    public void Check(IReadOnlyList<RawRecord> records, string? next)
    {
        var ids = Hash(string.Join('\n', records.Select(record => record.RecordId)));
        if (next is not null && records.Count > 0 && ids == last)
        {
            throw new FormatException("it holds the same records as the page before it, so there is no progress.");
        }

        last = ids;
        if (next is not null && !tokens.Add(Hash(next)))
        {
            throw new FormatException("it is followed by a page that was read already: the vendor repeated a token.");
        }

        if (++pages >= mostPages && next is not null)
        {
            throw new FormatException($"there are more than {mostPages:N0} pages (max_pages of the stream's paging).");
        }
    }

    private static ulong Hash(string text) => System.IO.Hashing.XxHash3.HashToUInt64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()));
}
