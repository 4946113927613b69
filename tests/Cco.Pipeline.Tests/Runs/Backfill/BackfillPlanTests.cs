using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>The clock stands at 12:00 on 2026-01-10.</summary>
public sealed class BackfillPlanTests : IDisposable
{
    private const string Streams =
        """
          monthly:
            description: By months.
            path: /a
            query: { from: { window: from } }
            id: [id]
            incremental: { first_window: 30.00:00:00, lag: 00:10:00, field: created }
          quarterly:
            description: By three months.
            path: /b
            query: { from: { window: from } }
            id: [id]
            incremental: { first_window: 90.00:00:00 }
          feed:
            description: By a cursor.
            path: /c
            records: items
            id: [id]
            paging: { kind: cursor, parameter: cursor, token: next, stop: flag, last: last }
            incremental: { kind: cursor }
          whole:
            description: Whole.
            path: /d
            id: [id]
        """;

    private readonly SourceWorld world = new(new Uri("http://127.0.0.1:1"), Streams);

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_window_is_a_month_or_the_streams_own_size_and_ends_where_the_clock_stands() =>
        Assert.Equal(
            [
                "1 monthly 2025-11-20T00:00:00 2025-12-01T00:00:00",
                "2 monthly 2025-12-01T00:00:00 2026-01-01T00:00:00",
                "3 monthly 2026-01-01T00:00:00 2026-01-10T11:50:00",
                "4 quarterly 2025-11-20T00:00:00 2026-01-10T11:58:00",
                "5 feed 2025-11-20T00:00:00 ",
                "6 whole  ",
            ],
            Planned([], "2025-11-20", "2026-03"));

    [Fact]
    public void Of_the_last_day_all_is_read() =>
        Assert.Equal(["1 monthly 2025-02-01T00:00:00 2025-02-15T00:00:00"], Planned(["monthly"], "2025-02", "2025-02-14"));

    [Fact]
    public void Windows_of_a_long_span_tile_it()
    {
        var windows = Plan(["monthly", "quarterly"], "2020-03", "2025-12-24").GroupBy(window => window.Stream);

        Assert.All(windows, stream =>
        {
            Assert.Equal(new DateTimeOffset(2020, 3, 1, 0, 0, 0, TimeSpan.Zero), stream.First().From);
            Assert.Equal(new DateTimeOffset(2025, 12, 25, 0, 0, 0, TimeSpan.Zero), stream.Last().Until);
            Assert.All(stream.Zip(stream.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        });
    }

    [Theory]
    [InlineData("2026-02", "2026-03", "There is nothing to read yet: 2026-02-01 has not passed.")]
    [InlineData("0001-01", "2026-03", "more than 10,000 windows")]
    public void A_span_that_cannot_be_read_is_refused(string from, string to, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Plan(["monthly"], from, to)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-02", "2026-01")]
    [InlineData("2026", "2027")]
    [InlineData("2026-13", "2027-01")]
    public void A_span_that_is_none_is_refused(string from, string to) => Assert.Throws<FormatException>(() => BackfillRequest.Of("shop", [], from, to));

    [Fact]
    public void What_cannot_be_replaced_is_named()
    {
        var plan = new BackfillPlan(world.Registry(), world.Time);

        var exception = Assert.Throws<ArgumentException>(() => plan.Windows(BackfillRequest.Of("shop", [], "2025-01", "2025-01") with { Replaces = true }));

        Assert.Contains("cannot be told of quarterly, feed:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, plan.Windows(BackfillRequest.Of("shop", ["monthly", "whole"], "2025-01", "2025-01") with { Replaces = true }).Count);
    }

    [Theory]
    [InlineData("shop", "orders", "shop has no stream orders; it has monthly, quarterly, feed, whole.")]
    [InlineData("shops", "", "There is no source 'shops'; there are shop.")]
    public void What_there_is_not_is_refused_with_what_there_is(string source, string stream, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(
            () => new BackfillPlan(world.Registry(), world.Time).Windows(BackfillRequest.Of(source, stream.Length == 0 ? [] : [stream], "2025-01", "2025-01"))).Message, StringComparison.Ordinal);

    private IReadOnlyList<BackfillWindow> Plan(string[] streams, string from, string to) =>
        new BackfillPlan(world.Registry(), world.Time).Windows(BackfillRequest.Of("shop", streams, from, to));

    private List<string> Planned(string[] streams, string from, string to) =>
        [.. Plan(streams, from, to).Select(window => $"{window.Number} {window.Stream} {window.From:yyyy-MM-ddTHH:mm:ss} {window.Until:yyyy-MM-ddTHH:mm:ss}")];
}
