using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>A clock that jumps between two runs.</summary>
public sealed class RunClockTests : IDisposable
{
    private const string Orders = "order_id,customer_key,amount\no1,a,1\n";
    private const string Correction = "order_id,customer_key,amount\no1,a,2\n";

    private readonly SourceWorld.Clock clock = new(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));
    private readonly Company company;

    public RunClockTests() => company = new Company { Time = clock };

    private Task<IReadOnlyList<string>> Amount => company.QueryAsync("select amount from fct_order");

    [Fact]
    public async Task Set_back_it_lands_nothing_and_set_right_again_the_marts_are_those_of_a_clock_that_never_jumped()
    {
        var first = await RunAsync(Orders);
        clock.Pass(TimeSpan.FromHours(-1));

        var error = await Assert.ThrowsAsync<ClockBehindException>(() => RunAsync(Correction));

        Assert.Contains($"run {first.Id} ended at 2026-01-05 10:00:00Z", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1.0000"], await Amount);
        clock.Pass(TimeSpan.FromHours(1));
        Assert.True((await company.RunAsync()).Published);
        Assert.Equal(["2.0000"], await Amount);
    }

    [Fact]
    public async Task Behind_by_a_moment_it_is_waited_for()
    {
        await RunAsync(Orders);
        clock.Pass(TimeSpan.FromMilliseconds(-1));
        var running = RunAsync(Correction);

        Assert.False(running.IsCompleted);

        clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.True((await running).Published);
        Assert.Equal(["2.0000"], await Amount);
    }

    [Fact]
    public async Task After_a_run_in_a_future_that_was_none_the_marts_are_right_when_done_as_the_error_says()
    {
        clock.Pass(TimeSpan.FromDays(365));
        var future = await RunAsync(Orders);
        clock.Pass(TimeSpan.FromDays(-365));
        var error = await Assert.ThrowsAsync<ClockBehindException>(() => RunAsync(Correction));
        Assert.Contains($"whose names begin with {future.Id}, and its report runs/{future.Id}.json", error.Message, StringComparison.Ordinal);

        await foreach (var file in company.Lake.ListAsync(RawPath.Root, TestContext.Current.CancellationToken))
        {
            if (file.Path.Name.StartsWith(future.Id, StringComparison.Ordinal))
            {
                await company.Lake.DeleteAsync(file.Path, TestContext.Current.CancellationToken);
            }
        }

        await company.Lake.DeleteAsync(new LakePath($"runs/{future.Id}.json"), TestContext.Current.CancellationToken);
        Assert.True((await company.RunAsync()).Published);
        Assert.Equal(["2.0000"], await Amount);
        clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.True((await RunAsync("order_id,customer_key,amount\no1,a,3\n")).Published);
        Assert.Equal(["3.0000"], await Amount);
    }

    public void Dispose() => company.Dispose();

    private async Task<RunReport> RunAsync(string orders)
    {
        await company.DropAsync("order_line", $"{orders.Length}-{orders[^2]}.csv", orders);
        var report = await company.RunAsync();
        clock.Pass(TimeSpan.FromMilliseconds(1));
        return report;
    }
}
