using System.Text.Json;

namespace Cco.Pipeline.Tests.Extract;

public sealed class ParentTests
{
    private const string Shelf =
        """
          shelf:
            description: A shelf.
            path: /shelves
            records: items
            id: [id]
            paging: { kind: offset, parameter: offset, size: 10, stop: empty_page }

        """;

    private const string Streams = Shelf +
        """
          order:
            description: A book on a shelf.
            path: /shelves/{shelf}/books
            records: items
            id: [parent/shelf, id]
            parent: { stream: shelf, fields: { shelf: id, room: place/room }, only: has_books }
            paging: { kind: offset, parameter: offset, size: 2, stop: empty_page }
            empty_statuses: [404]
        """;

    [Fact]
    public async Task Children_are_read_of_every_parent_that_has_any()
    {
        await using var server = await LibraryAsync(shelves: 25);
        using var world = new SourceWorld(server, Streams);

        await world.RunAsync();

        var expected = Enumerable.Range(0, 25).Where(shelf => shelf % 5 != 0).SelectMany(shelf => Enumerable.Range(0, 3).Select(book => $"s{shelf}|b{book}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), world.Landed().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(server.Asked, asked => asked.Path == "/shelves/s5/books");
    }

    [Fact]
    public async Task A_child_carries_the_fields_of_its_parent()
    {
        await using var server = await LibraryAsync(shelves: 2);
        using var world = new SourceWorld(server, Streams);

        await world.RunAsync();

        Assert.Equal(
            ["""{"_parent":{"shelf":"s1","room":"east"},"id":"b0"}"""],
            SourceWorld.Query($"select payload from {world.Raw()} where record_id = 's1|b0'"));
    }

    [Fact]
    public async Task A_parent_without_children_may_stand_for_itself_and_says_when_it_changed()
    {
        await using var server = await LoopbackServer.OfJsonAsync(asked => asked.Path == "/books"
            ? """{"list":[{"id":"b1"},{"id":"b2"}]}"""
            : asked["offset"] is null
            ? """{"items":[{"id":"s1","at":"2025-03-01T00:00:00Z","books":[{"id":"b1"},{"id":"b2"},{"id":null}]},{"id":"s2","at":"2025-03-02T00:00:00Z","books":[]}]}"""
            : """{"items":[]}""");
        using var world = new SourceWorld(
            server,
            Shelf + """
              order:
                description: The books of a shelf, or that it has none.
                path: /books
                query: { "id[in]": { parent: books } }
                id: [parent/shelf]
                updated_at: parent/at
                parent: { stream: shelf, fields: { shelf: id, at: at, books: books/*/id }, only: books/*/id, lands_others: true }
            """);

        await world.RunAsync();

        Assert.Equal(
            [
                """s1 2025-03-01 {"_parent":{"shelf":"s1","at":"2025-03-01T00:00:00Z","books":"[\u0022b1\u0022,\u0022b2\u0022]"},"list":[{"id":"b1"},{"id":"b2"}]}""",
                """s2 2025-03-02 {"_parent":{"shelf":"s2","at":"2025-03-02T00:00:00Z","books":null}}""",
            ],
            SourceWorld.Query($"select record_id || ' ' || updated_at::date || ' ' || payload from {world.Raw()} order by all"));
        Assert.Equal(["""["b1","b2"]"""], server.Asked.Where(asked => asked.Path == "/books").Select(asked => asked["id[in]"]));
    }

    [Fact]
    public async Task Parents_are_asked_for_some_at_a_time()
    {
        var (now, most) = (0, 0);
        await using var server = await LoopbackServer.StartAsync(async (context, asked) =>
        {
            if (asked.Path == "/shelves")
            {
                await LoopbackServer.JsonAsync(context, asked["offset"] == "0" || asked["offset"] is null ? Shelves(0, 12) : """{"items":[]}""");
                return;
            }

            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            await LoopbackServer.JsonAsync(context, asked["offset"] is null ? """{"items":[{"id":"b"}]}""" : """{"items":[]}""");
            Interlocked.Decrement(ref now);
        });
        using var world = new SourceWorld(server, Streams);
        world.Limit("concurrency: 3");

        await world.RunAsync();

        Assert.InRange(most, 1, 3);
        Assert.Equal(9, world.Landed().Count);
    }

    [Fact]
    public async Task A_child_that_fails_fails_the_stream_and_lands_nothing_of_it()
    {
        await using var server = await LoopbackServer.StartAsync((context, asked) =>
            asked.Path == "/shelves" ? LoopbackServer.JsonAsync(context, asked["offset"] is null ? Shelves(0, 9) : """{"items":[]}""")
            : asked.Path == "/shelves/s3/books" ? LoopbackServer.JsonAsync(context, "{}", 400)
            : LoopbackServer.JsonAsync(context, asked["offset"] is null ? """{"items":[{"id":"b"}]}""" : """{"items":[]}"""));
        using var world = new SourceWorld(server, Streams);

        var receipts = await world.RunAsync();

        Assert.Contains("parent s3|east", receipts[0].Error, StringComparison.Ordinal);
        Assert.Equal(0, receipts[0].Rows);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static string Shelves(int from, int to) =>
        JsonSerializer.Serialize(new { items = Enumerable.Range(from, to - from).Select(id => new { id = $"s{id}", has_books = id % 5 != 0, place = new { room = id % 2 == 1 ? "east" : "west" } }) });

    /// <summary>Shelves, each with three books; every fifth is empty.</summary>
    private static Task<LoopbackServer> LibraryAsync(int shelves) => LoopbackServer.OfJsonAsync(asked =>
    {
        var offset = asked["offset"] is { } given ? int.Parse(given) : 0;
        return asked.Path == "/shelves"
            ? Shelves(Math.Min(offset, shelves), Math.Min(offset + 10, shelves))
            : JsonSerializer.Serialize(new { items = Enumerable.Range(offset, Math.Max(0, Math.Min(2, 3 - offset))).Select(book => new { id = $"b{book}" }) });
    });
}
