using System.Globalization;
using System.Text.Json;

namespace Cco.Pipeline.Tests.Extract;

public sealed class PagingTests
{
    private const int All = 23;
    private const int Page = 5;

    private static readonly IReadOnlyList<string> Ids = [.. Enumerable.Range(1, All).Select(number => $"o{number:00}")];

    public static TheoryData<string, string, bool> Ways() => new()
    {
        { "cursor", "{ kind: cursor, parameter: cursor, token: meta/next }", false },
        { "page[after]", "{ kind: cursor, parameter: 'page[after]', token: meta/next }", false },
        { "cursor and flag", "{ kind: cursor, parameter: cursor, token: meta/next, stop: flag, last: meta/last }", false },
        { "cursor in body", "{ kind: cursor, parameter: page/cursor, token: meta/next, in: body }", true },
        { "next link", "{ kind: next_link, token: links/next }", false },
        { "link header", "{ kind: link_header }", false },
        { "offset to an empty page", "{ kind: offset, parameter: offset, size: 5, stop: empty_page }", false },
        { "offset to a short page", "{ kind: offset, parameter: offset, size: 5, size_parameter: limit, stop: short_page }", false },
        { "offset to the total", "{ kind: offset, parameter: offset, size: 5, stop: total, total: meta/total }", false },
        { "start, limit and flag", "{ kind: offset, parameter: start, size: 5, size_parameter: limit, stop: flag, more: meta/more }", false },
        { "page", "{ kind: page, parameter: page, first: 1, stop: flag, more: meta/more }", false },
        { "keyset", "{ kind: keyset, parameter: after, field: id, stop: flag, more: meta/more }", false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_record_comes_once_and_in_order(string name, string paging, bool isPost)
    {
        await using var server = await ShopAsync();
        using var world = new SourceWorld(server, Stream(paging, isPost));

        var receipt = await world.ReadAsync();

        Assert.Equal(Ids, world.Landed());
        Assert.Equal(All, receipt.Rows);
        Assert.True(receipt.Requests is 5 or 6, $"{name}: {receipt.Requests} requests");
    }

    [Fact]
    public async Task Everything_lands_in_files_that_reading_can_go_on_after()
    {
        await using var server = await ShopAsync();
        using var world = new SourceWorld(server, Stream("{ kind: cursor, parameter: cursor, token: meta/next }")) { Options = new() { FileRecords = 10 } };

        var receipt = await world.ReadAsync();

        Assert.Equal(3, receipt.Files);
        Assert.Equal(Ids, world.Landed());
    }

    [Fact]
    public async Task A_repeated_token_is_an_error_and_what_came_before_stays()
    {
        await using var server = await LoopbackServer.OfJsonAsync(asked => asked["cursor"] switch
        {
            null => """{"items":[{"id":"a"}],"next":"one"}""",
            "one" => """{"items":[{"id":"b"}],"next":"two"}""",
            _ => """{"items":[{"id":"c"}],"next":"one"}""",
        });
        using var world = new SourceWorld(server, Stream("{ kind: cursor, parameter: cursor, token: next }"));

        var error = await world.FailAsync();

        Assert.Contains("shop.order, page 3: it is followed by a page that was read already", error, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], world.Landed());
    }

    [Fact]
    public async Task Pages_without_end_are_an_error()
    {
        var number = 0;
        await using var server = await LoopbackServer.OfJsonAsync(_ => $$"""{"items":[{"id":"{{++number}}"}],"next":"{{number}}"}""");
        using var world = new SourceWorld(server, Stream("{ kind: cursor, parameter: cursor, token: next, max_pages: 7 }"));

        var error = await world.FailAsync();

        Assert.Contains("page 7: there are more than 7 pages", error, StringComparison.Ordinal);
        Assert.Equal(6, world.Landed().Count);
    }

    [Fact]
    public async Task A_page_that_is_the_one_before_it_is_an_error()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"},{"id":"b"}]}""");
        using var world = new SourceWorld(server, Stream("{ kind: offset, parameter: offset, size: 2, stop: empty_page }"));

        var error = await world.FailAsync();

        Assert.Contains("page 2: it holds the same records as the page before it", error, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], world.Landed());
    }

    [Fact]
    public async Task An_answer_without_the_flag_is_an_error()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"}]}""");
        using var world = new SourceWorld(server, Stream("{ kind: page, parameter: page, stop: flag, more: has_more }"));

        Assert.Contains("the answer does not say whether there is more: there is no 'has_more'", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_page_is_not_the_end_unless_the_vendor_says_so()
    {
        await using var server = await LoopbackServer.OfJsonAsync(asked => asked["cursor"] switch
        {
            null => """{"items":[{"id":"a"},{"id":"b"}],"next":"x"}""",
            "x" => """{"items":[],"next":"y"}""",
            _ => """{"items":[{"id":"c"}],"next":null}""",
        });
        using var world = new SourceWorld(server, Stream("{ kind: cursor, parameter: cursor, token: next }"));

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
    }

    [Fact]
    public async Task A_next_page_at_another_host_is_not_asked_for()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"}],"next":"https://elsewhere.example/orders?page=2"}""");
        using var world = new SourceWorld(server, Stream("{ kind: next_link, token: next }"));

        Assert.Contains("credentials are not sent there", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_without_its_id_goes_to_quarantine()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"},{"id":null},{"name":"x"},{"id":7}]}""");
        using var world = new SourceWorld(server, Stream("{ kind: none }"));

        var receipt = await world.ReadAsync();

        Assert.Equal(2, receipt.Rejected);
        Assert.Equal(["a", "7"], world.Landed());
    }

    private static string Stream(string paging, bool isPost = false) =>
        $$"""
          order:
            description: An order.
            path: /orders
            {{(isPost ? "method: post" : "")}}
            records: items
            id: [id]
            paging: {{paging}}
        """;

    /// <summary>A shop that pages in every way at once.</summary>
    private static Task<LoopbackServer> ShopAsync() => LoopbackServer.StartAsync(async (context, asked) =>
    {
        var start = Start(asked);
        var page = Ids.Skip(start).Take(Page).ToList();
        var next = start + page.Count;
        var isMore = next < All;
        if (isMore)
        {
            context.Response.Headers.Link = $"</orders>; rel=\"first\", </orders?cursor={next}>; rel=\"next\"";
        }

        await LoopbackServer.JsonAsync(context, JsonSerializer.Serialize(new
        {
            meta = new { next = isMore ? next.ToString(CultureInfo.InvariantCulture) : null, more = isMore, last = !isMore, total = All },
            links = new { next = isMore ? $"/orders?cursor={next}" : null },
            items = page.Select(id => new { id }),
        }));
    });

    private static int Start(Asked asked)
    {
        var token = asked["cursor"] ?? asked["page[after]"] ?? asked["offset"] ?? asked["start"];
        if (asked.Body.Length > 0)
        {
            using var body = JsonDocument.Parse(asked.Body);
            token = body.RootElement.TryGetProperty("page", out var page) ? page.GetProperty("cursor").ToString() : null;
        }

        return asked["page"] is { } number ? (int.Parse(number, CultureInfo.InvariantCulture) - 1) * Page
            : asked["after"] is { } key ? Ids.ToList().IndexOf(key) + 1
            : token is null ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
    }
}
