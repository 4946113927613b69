using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Extract;

public sealed class IncrementalTests
{
    private const string Windows =
        """
          order:
            description: An order.
            path: /orders
            query: { from: { window: from }, to: { window: to } }
            records: items
            id: [id]
            updated_at: at
            paging: { kind: cursor, parameter: cursor, token: next }
            incremental: { first_window: 1.00:00:00, longest_window: 8.00:00:00, lookback: 01:00:00, lag: 00:10:00, window_records: 100 }
        """;

    private const string Whole =
        """
          order:
            description: An order.
            path: /orders
            records: items
            id: [id]
        """;

    private const string Cursor =
        """
          order:
            description: An order.
            path: /orders
            query: { since: { window: from, format: unix } }
            records: items
            id: [id]
            deleted: { field: state, equal_to: gone }
            paging: { kind: cursor, parameter: cursor, token: next, stop: flag, last: last }
            incremental: { kind: cursor }
        """;

    [Fact]
    public async Task Windows_tile_the_time_from_the_first_day_to_now_less_the_lag()
    {
        var shop = new Shop(hours: 24 * 9 + 11);
        await using var server = await shop.StartAsync();
        using var world = new SourceWorld(server, Windows);

        var receipt = await world.ReadAsync();

        var windows = server.Asked.Where(asked => asked["cursor"] is null).Select(asked => (From: Instant(asked["from"]), To: Instant(asked["to"]))).ToList();
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), windows[0].From);
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 11, 50, 0, TimeSpan.Zero), windows[^1].To);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(shop.Ids, world.Landed());
        Assert.Equal(windows.Count, receipt.Files);
        Assert.Equal(windows[^1].To, receipt.Watermark);
    }

    [Fact]
    public async Task Windows_grow_where_little_is_in_them_and_shrink_where_much_is()
    {
        await using var empty = await new Shop(hours: 0).StartAsync();
        using var quiet = new SourceWorld(empty, Windows);
        await using var full = await new Shop(hours: 24 * 9, perHour: 20).StartAsync();
        using var busy = new SourceWorld(full, Windows);

        var (few, many) = (await quiet.ReadAsync(), await busy.ReadAsync());

        Assert.Equal(3, few.Files);
        Assert.InRange(many.Files, 25, 60);
        Assert.Equal(24 * 9 * 20, busy.Landed().Distinct().Count());
    }

    [Fact]
    public async Task An_api_that_leaves_out_the_first_second_is_asked_from_a_second_earlier()
    {
        await using var server = await new Shop(hours: 0).StartAsync();
        using var world = new SourceWorld(server, Windows.Replace("lag:", "excludes_from: true, lag:", StringComparison.Ordinal));

        await world.ReadAsync();

        var windows = server.Asked.Select(asked => (From: Instant(asked["from"]), To: Instant(asked["to"]))).ToList();
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero), windows[0].From);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.To.AddSeconds(-1), pair.Second.From));
    }

    [Fact]
    public async Task A_window_without_records_still_lands_an_empty_file()
    {
        await using var server = await new Shop(hours: 0).StartAsync();
        using var world = new SourceWorld(server, Windows);

        var receipt = await world.ReadAsync();

        Assert.Equal((3, 0), (receipt.Files, receipt.Rows));
        Assert.Equal(["3|0"], SourceWorld.Query($"select count(distinct file_name), sum(num_rows) from parquet_file_metadata('{world.LakeFolder}/raw/shop/order/*/*.parquet')"));
    }

    /// <summary>The last window was read at 12:00, so what became visible up to an hour late is from 11:00 on.</summary>
    [Fact]
    public async Task The_next_run_reads_again_what_may_have_become_visible_late()
    {
        var shop = new Shop(hours: 24 * 9 + 11);
        await using var server = await shop.StartAsync();
        using var world = new SourceWorld(server, Windows);
        await world.ReadAsync();
        server.Asked.Clear();
        shop.Hours += 2;
        world.Time.Pass(TimeSpan.FromHours(2));

        await world.ReadAsync();

        Assert.Equal(new DateTimeOffset(2026, 1, 10, 11, 0, 0, TimeSpan.Zero), Instant(server.Asked.First()["from"]));
        Assert.Equal(shop.Ids, world.Landed().Distinct());
    }

    [Fact]
    public async Task A_window_that_holds_more_than_the_vendor_gives_is_halved_and_read_again()
    {
        var shop = new Shop(hours: 24 * 9, perHour: 3) { Most = 50 };
        await using var server = await shop.StartAsync();
        using var world = new SourceWorld(server, Windows.Replace("window_records: 100", "window_records: 1000, max_records: 50", StringComparison.Ordinal));

        await world.ReadAsync();

        Assert.Equal(shop.Ids, world.Landed().Distinct());
    }

    [Fact]
    public async Task More_in_a_second_than_the_vendor_gives_is_an_error_and_no_loss_in_silence()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"},{"id":"b"}]}""");
        using var world = new SourceWorld(server, Windows.Replace("window_records: 100", "window_records: 1000, max_records: 2", StringComparison.Ordinal));

        Assert.Contains("in one second, as many as the vendor gives to one question", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_any_more_lands_as_a_tombstone_once()
    {
        var ids = new List<string> { "a", "b", "c" };
        await using var server = await LoopbackServer.OfJsonAsync(_ => JsonSerializer.Serialize(new { items = ids.Select(id => new { id }) }));
        using var world = new SourceWorld(server, Whole);
        await world.ReadAsync();
        ids.Remove("b");

        var receipts = (await world.ReadAsync(), await world.ReadAsync());
        ids.Add("b");
        await world.ReadAsync();

        Assert.Equal((1, 0), (receipts.Item1.Deleted, receipts.Item2.Deleted));
        Assert.Equal(["a", "b", "c", "a", "c", "-b", "a", "c", "a", "c", "b"], world.Landed());
    }

    [Fact]
    public async Task Nothing_at_all_is_not_taken_for_the_deletion_of_everything()
    {
        var items = """[{"id":"a"}]""";
        await using var server = await LoopbackServer.OfJsonAsync(_ => $$"""{"items":{{items}}}""");
        using var world = new SourceWorld(server, Whole);
        await world.ReadAsync();
        items = "[]";

        Assert.Contains("Nothing is counted as deleted", await world.FailAsync(), StringComparison.Ordinal);
        Assert.Equal(["a"], world.Landed());
    }

    [Fact]
    public async Task A_kept_cursor_goes_on_where_the_last_run_ended()
    {
        var shop = new Feed(10);
        await using var server = await shop.StartAsync();
        using var world = new SourceWorld(server, Cursor);
        await world.ReadAsync();
        server.Asked.Clear();
        shop.Count = 13;

        await world.ReadAsync();
        var again = await world.ReadAsync();

        Assert.Equal("10", server.Asked.First()["cursor"]);
        Assert.Null(server.Asked.First()["since"]);
        Assert.Equal(0, again.Rows);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "-6", "7", "8", "9", "10", "11", "12"], world.Landed());
    }

    [Fact]
    public async Task A_cursor_that_the_vendor_does_not_know_any_more_means_to_begin_again()
    {
        var shop = new Feed(3);
        await using var server = await shop.StartAsync();
        using var world = new SourceWorld(server, Cursor);
        await world.ReadAsync();
        shop.Forgets = true;

        await world.ReadAsync();

        Assert.Equal(["0", "1", "2", "0", "1", "2"], world.Landed());
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_read_one_stream_twice()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            arrived.TrySetResult();
            await go.Task;
            await LoopbackServer.JsonAsync(context, """{"items":[{"id":"a"}]}""");
        });
        using var world = new SourceWorld(server, Whole);
        var first = world.RunAsync();
        await arrived.Task;

        var second = Assert.Single(await world.RunAsync());
        go.SetResult();
        await first;

        Assert.Equal(StreamOutcome.Busy, second.Outcome);
        Assert.Equal(["a"], world.Landed());
    }

    [Fact]
    public async Task A_stream_that_fails_does_not_stop_the_others()
    {
        await using var server = await LoopbackServer.StartAsync((context, asked) =>
            asked.Path == "/orders" ? LoopbackServer.JsonAsync(context, "{}", 403) : LoopbackServer.JsonAsync(context, """{"items":[{"id":"a"}]}"""));
        using var world = new SourceWorld(server, $"{Whole}\n{Whole.Replace("order", "item", StringComparison.Ordinal)}");

        var receipts = await world.RunAsync();

        Assert.Equal([("item", StreamOutcome.Read), ("order", StreamOutcome.Failed)], receipts.Select(receipt => (receipt.Stream, receipt.Outcome)));
    }

    [Fact]
    public async Task A_stream_that_takes_too_long_fails_and_keeps_what_landed()
    {
        var number = 0;
        await using var server = await LoopbackServer.OfJsonAsync(_ => $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 1000).Select(_ => $$"""{"id":"{{++number}}"}"""))}}],"next":"{{number}}"}""");
        using var world = new SourceWorld(server, Cursor.Replace(", stop: flag, last: last", "", StringComparison.Ordinal).Replace("    incremental: { kind: cursor }", "", StringComparison.Ordinal).Replace("    query: { since: { window: from, format: unix } }\n", "", StringComparison.Ordinal))
        {
            Options = new() { FileRecords = 1_000, StreamTimeout = TimeSpan.FromSeconds(1) },
        };

        Assert.Contains("it took longer than 00:00:01", await world.FailAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(world.Landed());
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);

    /// <summary>Some orders every hour from the first day on.</summary>
    private sealed class Shop(int hours, int perHour = 1)
    {
        private const int Page = 40;
        private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 30, 0, TimeSpan.Zero);

        public int Hours { get; set; } = hours;

        public int Most { get; init; } = int.MaxValue;

        public IReadOnlyList<string> Ids => [.. All.Select(order => order.Id)];

        private IEnumerable<(string Id, DateTimeOffset At)> All =>
            Enumerable.Range(0, Hours * perHour).Select(number => ($"o{number:00000}", First.AddHours(number / perHour).AddMinutes(number % perHour)));

        public Task<LoopbackServer> StartAsync() => LoopbackServer.OfJsonAsync(asked =>
        {
            var (from, to) = (Instant(asked["from"]), Instant(asked["to"]));
            var found = All.Where(order => order.At >= from && order.At < to).Take(Most).ToList();
            var start = asked["cursor"] is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
            return JsonSerializer.Serialize(new
            {
                items = found.Skip(start).Take(Page).Select(order => new { id = order.Id, at = order.At }),
                next = start + Page < found.Count ? (start + Page).ToString(CultureInfo.InvariantCulture) : null,
            });
        });
    }

    /// <summary>Numbers in the order in which they changed; the seventh is gone.</summary>
    private sealed class Feed(int count)
    {
        private const int Page = 4;

        public int Count { get; set; } = count;

        public bool Forgets { get; set; }

        public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync((context, asked) =>
        {
            if (Forgets && asked["cursor"] is not null)
            {
                Forgets = false;
                return LoopbackServer.JsonAsync(context, """{"error":"expired"}""", 410);
            }

            var start = asked["cursor"] is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
            var end = Math.Min(start + Page, Count);
            return LoopbackServer.JsonAsync(context, JsonSerializer.Serialize(new
            {
                items = Enumerable.Range(start, end - start).Select(id => new { id, state = id == 6 ? "gone" : "here" }),
                next = end.ToString(CultureInfo.InvariantCulture),
                last = end == Count,
            }));
        });
    }
}
