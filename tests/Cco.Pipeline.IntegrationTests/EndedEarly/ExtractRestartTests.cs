using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>Reading sources on a machine that is gone between two operations on the lake, and again.</summary>
public sealed class ExtractRestartTests
{
    private const int Seed = 20260126;

    private const string Streams =
        """
          change:
            description: By windows, in files that reading can go on after.
            path: /changes
            query: { from: { window: from }, to: { window: to } }
            records: items
            id: [id]
            updated_at: at
            paging: { kind: offset, parameter: offset, size: 500, stop: short_page }
            incremental: { first_window: 1.00:00:00, longest_window: 1.00:00:00, lookback: 00:00:00 }
          feed:
            description: By a kept cursor.
            path: /feed
            records: items
            id: [id]
            paging: { kind: cursor, parameter: cursor, token: next, stop: flag, last: last }
            incremental: { kind: cursor }
          thing:
            description: Whole.
            path: /things
            records: items
            id: [id]
            paging: { kind: offset, parameter: offset, size: 500, stop: short_page }
        """;

    /// <summary>Twice, so that things are gone the second time. Whole streams are read again by whoever goes on, so each of their records has equally many copies.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(50, Explicit = true)]
    public async Task A_run_that_is_killed_and_gone_on_with_lands_what_an_undisturbed_one_lands(int points)
    {
        var things = 2_600;
        await using var server = await LoopbackServer.OfJsonAsync(asked => Answer(asked, things));
        using var undisturbed = new SourceWorld(server, Streams);
        await using var counting = new DyingLake(undisturbed.Lake);
        undisturbed.Lake = counting;
        await RunTwiceAsync(undisturbed, count => things = count);
        var expected = Landed(undisturbed);
        var operations = counting.Operations;
        var random = new Random(Seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"{points} points of {operations} operations, seed {Seed}");

        for (var point = 0; point < points; point++)
        {
            var (last, isDone) = (random.Next(1, operations + 1), random.Next(2) == 0);
            using var world = new SourceWorld(server, Streams);
            var lake = world.Lake;
            await using (var dying = new DyingLake(lake, last, isDone))
            {
                world.Lake = dying;
                Assert.Contains(StreamOutcome.Failed, (await RunTwiceAsync(world, count => things = count)).Select(receipt => receipt.Outcome));
            }

            world.Lake = lake;
            Assert.All(await RunTwiceAsync(world, count => things = count), receipt => Assert.Equal((StreamOutcome.Read, null), (receipt.Outcome, receipt.Error)));

            Assert.True(expected.SequenceEqual(Landed(world)), $"{(isDone ? "after" : "before")} operation {last} of {operations}");
        }
    }

    private static async Task<IReadOnlyList<StreamReceipt>> RunTwiceAsync(SourceWorld world, Action<int> things)
    {
        things(2_600);
        var first = await world.RunAsync();
        things(2_590);
        return [.. first, .. await world.RunAsync()];
    }

    /// <summary>Every record with its number of copies, for whole streams with that of their readings taken out.</summary>
    private static List<string> Landed(SourceWorld world) =>
    [
        .. SourceWorld.Query($"select 'change', record_id, payload, count(*) from {world.Raw("change")} group by all order by all"),
        .. SourceWorld.Query($"select 'feed', record_id, payload, count(*) from {world.Raw("feed")} group by all order by all"),
        .. SourceWorld.Query($"select 'thing', record_id, is_deleted, (select count(distinct copies) <= 2 from (select count(*) as copies from {world.Raw("thing")} where not is_deleted group by record_id)) from {world.Raw("thing")} group by all order by all"),
    ];

    private static string Answer(Asked asked, int things)
    {
        var start = int.Parse(asked["offset"] ?? asked["cursor"] ?? "0", CultureInfo.InvariantCulture);
        return asked.Path switch
        {
            "/changes" => Items(Changes(asked).Skip(start).Take(500)),
            "/feed" => JsonSerializer.Serialize(new { items = Enumerable.Range(start, Math.Min(400, 3_000 - start)).Select(id => new { id }), next = $"{Math.Min(start + 400, 3_000)}", last = start + 400 >= 3_000 }),
            _ => Items(Enumerable.Range(start, Math.Max(0, Math.Min(500, things - start))).Select(id => (object)new { id })),
        };
    }

    /// <summary>300 changes on each of nine days, and 1,700 on the fourth.</summary>
    private static IEnumerable<object> Changes(Asked asked)
    {
        var (from, to) = (DateTimeOffset.Parse(asked["from"]!, CultureInfo.InvariantCulture), DateTimeOffset.Parse(asked["to"]!, CultureInfo.InvariantCulture));
        return Enumerable.Range(1, 9)
            .SelectMany(day => Enumerable.Range(0, day == 4 ? 1_700 : 300).Select(number => (Id: $"{day}-{number:0000}", At: new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero).AddSeconds(40 * number))))
            .Where(change => change.At >= from && change.At < to)
            .Select(change => new { id = change.Id, at = change.At });
    }

    private static string Items(IEnumerable<object> items) => JsonSerializer.Serialize(new { items });
}
