using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

public sealed class BackfillTests : IAsyncLifetime
{
    private const string Orders =
        """
          order:
            description: An order.
            path: /orders
            query: { from: { window: from }, to: { window: to } }
            records: items
            id: [id]
            updated_at: at
            paging: { kind: cursor, parameter: cursor, token: next }
            incremental: { first_window: 30.00:00:00, lag: 00:10:00, field: at }
        """;

    private const int Page = 400;

    private readonly List<Order> orders = [.. Enumerable.Range(0, 9).SelectMany(day => Enumerable.Range(0, 300).Select(number => new Order($"{day}-{number:000}", At(day).AddMinutes(number))))];
    private Func<Asked, CancellationToken, Task> ask = (_, _) => Task.CompletedTask;
    private int status = 200;
    private LoopbackServer server = null!;
    private BackfillWorld world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await LoopbackServer.StartAsync(async (context, asked) =>
        {
            await ask(asked, context.RequestAborted);
            await LoopbackServer.JsonAsync(context, Answer(asked), status);
        });
        world = new BackfillWorld(server.Address, Orders);
    }

    public async ValueTask DisposeAsync()
    {
        world.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_was_forgotten_lands_under_a_pseudonym()
    {
        world.Privacy.Secret = "0123456789abcdef0123456789abcdef";
        var hash = new KeyedHash(world.Privacy.Secret);
        var known = Eraser.OfId(hash, "0-001");
        await new Erasure("someone", world.Source.Time.GetUtcNow(), world.Source.Time.GetUtcNow(), "a test", [], [known], hash.Check, []).WriteAsync(world.Source.Lake, Cancel);

        await world.ReadAsync();

        Assert.Equal(
            [$"forgotten-{known[..16]}"],
            SourceWorld.Query($"select record_id from {world.Source.Raw("order")} where record_id in ('0-001', 'forgotten-{known[..16]}')"));
    }

    [Fact]
    public async Task What_the_schedule_has_reached_is_not_touched()
    {
        await world.Source.ReadAsync();
        var before = await StateAsync();
        var report = await world.ReadAsync();

        Assert.Equal((1, 2700L), (report.Done, report.Rows));
        Assert.Equal(before, await StateAsync());
        server.Asked.Clear();
        await world.Source.ReadAsync();
        Assert.All(server.Asked, asked => Assert.True(Instant(asked["from"]) >= At(9)));
    }

    [Fact]
    public async Task A_window_that_is_worked_on_again_lands_nothing_new()
    {
        var backfill = await world.StartAsync();
        var first = await world.WorkAsync(backfill);
        var landed = world.Source.Landed();
        server.Asked.Clear();

        Assert.Equal((WindowTurn.Ended, WindowTurn.NotNeeded), (first, await world.WorkAsync(backfill)));

        Assert.Equal(landed, world.Source.Landed());
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Where_its_worker_died_another_goes_on_from_the_last_file_that_landed()
    {
        using var death = new CancellationTokenSource();
        var backfill = await world.StartAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.WorkAsync(backfill, progress: new DeadlyProgress(death), cancellationToken: death.Token));
        var halfway = await world.ReportAsync(backfill);
        server.Asked.Clear();

        await world.WorkAsync(backfill);

        Assert.Equal((BackfillStatus.Running, 1), (halfway.Status, halfway.Begun));
        Assert.Equal("1200", server.Asked.First()["cursor"]);
        Assert.Equal(orders.Select(order => order.Id).Order(), world.Source.Landed().Order());
        Assert.Equal((1, 2), ((await world.ReportAsync(backfill)).Done, (await world.ReportAsync(backfill)).Windows[1].Attempts));
    }

    [Fact]
    public async Task While_one_works_on_a_window_another_leaves_it_alone()
    {
        var backfill = await world.StartAsync();
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        ask = (_, _) =>
        {
            asked.TrySetResult();
            return go.Task;
        };
        var first = world.WorkAsync(backfill);
        await asked.Task;

        Assert.Equal(WindowTurn.Busy, await world.WorkAsync(backfill));

        go.SetResult();
        Assert.Equal(WindowTurn.Ended, await first);
    }

    [Fact]
    public async Task A_window_that_fails_is_told_of_and_tried_again_when_asked()
    {
        status = 403;
        var backfill = await world.StartAsync();
        await world.WorkAsync(backfill);
        var failed = await world.ReportAsync(backfill);
        status = 200;
        var again = await world.WorkAsync(backfill);
        await world.Backfills.RetryAsync(backfill.Id, Cancel);
        await world.WorkAsync(backfill);

        Assert.Equal((BackfillStatus.Failed, 1), (failed.Status, failed.Failed));
        Assert.Contains("the vendor answered 403", failed.Windows[1].Error, StringComparison.Ordinal);
        Assert.Equal(WindowTurn.NotNeeded, again);
        Assert.Equal((0, 1), ((await world.ReportAsync(backfill)).Failed, (await world.ReportAsync(backfill)).Done));
    }

    [Fact]
    public async Task While_it_is_paused_no_window_is_begun_and_once_canceled_never()
    {
        var backfill = await world.StartAsync();
        await world.Backfills.PauseAsync(backfill.Id, Cancel);
        var paused = (await world.WorkAsync(backfill), (await world.ReportAsync(backfill)).Status);
        await world.Backfills.CancelAsync(backfill.Id, Cancel);

        Assert.Equal((WindowTurn.NotNeeded, BackfillStatus.Paused), paused);
        Assert.Equal((WindowTurn.NotNeeded, BackfillStatus.Canceled), (await world.WorkAsync(backfill), (await world.ReportAsync(backfill)).Status));
        await Assert.ThrowsAsync<BackfillStateException>(() => world.Backfills.ResumeAsync(backfill.Id, Cancel));
        Assert.Empty(server.Asked);
    }

    /// <summary>Of two records that are not in the window any more, one was deleted, and one has changed since.</summary>
    [Fact]
    public async Task With_replace_what_the_vendor_has_no_more_ends_and_what_has_changed_since_does_not()
    {
        await world.Source.ReadAsync();
        orders.RemoveAll(order => order.Id == "0-000");
        orders[orders.FindIndex(order => order.Id == "0-001")] = new Order("0-001", At(9).AddHours(11));
        world.Source.Time.Pass(TimeSpan.FromDays(1));

        var backfill = await world.StartAsync(replaces: true, to: "2026-01-05");
        await world.WorkAsync(backfill);
        var between = Current();
        await world.Source.ReadAsync();

        Assert.Equal(2, (await world.ReportAsync(backfill)).Deleted);
        Assert.Equal(2698, between.Count);
        Assert.Equal(orders.Select(order => order.Id).Order(), Current());
    }

    [Fact]
    public async Task A_vendor_that_gives_nothing_at_all_is_not_believed()
    {
        await world.Source.ReadAsync();
        orders.Clear();

        var report = await world.ReadAsync(replaces: true);

        Assert.Equal((1, 0L), (report.Failed, report.Deleted));
        Assert.Contains("shop.order: the vendor gave no record of the window at all, where 2,700 are known.", report.Windows[1].Error, StringComparison.Ordinal);
    }

    /// <summary>What the records are, by the rule that staged versions follow.</summary>
    private IReadOnlyList<string> Current() => SourceWorld.Query(
        $"""
        select record_id from {world.Source.Raw()}
        qualify row_number() over (partition by record_id order by updated_at desc, extracted_at desc) = 1 and not is_deleted
        order by record_id
        """);

    private async Task<string> StateAsync() =>
        System.Text.Encoding.UTF8.GetString((await world.Source.Lake.ReadAsync(StreamState.PathOf(new StreamName("shop", "order")), Cancel))!.Content.Span);

    private string Answer(Asked asked)
    {
        var found = orders.Where(order => order.At >= Instant(asked["from"]) && order.At < Instant(asked["to"])).ToList();
        var start = int.Parse(asked["cursor"] ?? "0", CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(new
        {
            items = found.Skip(start).Take(Page).Select(order => new { id = order.Id, at = order.At }),
            next = start + Page < found.Count ? $"{start + Page}" : null,
        });
    }

    private static DateTimeOffset At(int day) => new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero).AddDays(day);

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);

    private sealed record Order(string Id, DateTimeOffset At);

    /// <summary>Ends the worker when it reads on after its first file has landed.</summary>
    private sealed class DeadlyProgress(CancellationTokenSource death) : IRunProgress
    {
        private bool hasLanded;

        public void FileLanded(StreamName stream, LandedFile file) => hasLanded = true;

        public void PageRead(StreamName stream, int records)
        {
            if (hasLanded)
            {
                death.Cancel();
            }
        }

        public void Began(RunId run, DateOnly asOf)
        {
        }

        public void Entered(RunStage stage)
        {
        }

        public void FilesFound(int count)
        {
        }

        public void FileDone(FileReceipt file)
        {
        }

        public void Planned(int count)
        {
        }

        public void Started(string name)
        {
        }

        public void Finished(BuiltModel model)
        {
        }
    }
}
