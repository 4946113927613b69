using System.Globalization;

namespace Cco.Pipeline.IntegrationTests.Processes;

public sealed class TwoRunsTests : IDisposable
{
    private readonly Installation installation = Shop.Install();

    [Fact]
    public async Task The_second_of_two_runs_at_once_says_who_is_at_work_and_the_first_is_not_disturbed()
    {
        var slow = await NamedPipe.MakeAsync(installation.InLake("landing/order_line/slow.csv"));
        await using var first = installation.Start("run", "--as-of", "2026-01-01");
        var run = (await first.SaidAsync("run ")).Split(' ')[1];

        var second = await installation.CallAsync("run", "--as-of", "2026-01-01");
        await slow.ServeAsync(Shop.Orders);
        var ended = await first.EndAsync();

        Assert.Equal(3, second.Code);
        Assert.Contains(run, second.Errors, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {first.Id}"), second.Errors, StringComparison.Ordinal);
        Assert.True(ended.Code == 0, ended.Everything);
        Assert.Equal(["3"], await installation.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_run_whose_process_was_killed_does_not_keep_the_next_from_running()
    {
        await NamedPipe.MakeAsync(installation.InLake("landing/order_line/slow.csv"));
        await using var first = installation.Start("run", "--as-of", "2026-01-01");
        await first.SaidAsync("run ");
        await first.KillAsync(Task.CompletedTask);
        File.Delete(installation.InLake("landing/order_line/slow.csv"));
        installation.Drop("order_line", "orders.csv", Shop.Orders);

        var report = await installation.RunAsync();

        Assert.True(report.Published);
    }

    public void Dispose() => installation.Dispose();
}
