using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Functions;

public sealed class BuildMartsTests : IDisposable
{
    private readonly FunctionsApp app = new();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_run_that_succeeds_publishes()
    {
        await app.BuildMartsAsync();

        Assert.True(Assert.Single(await app.ReportsAsync()).Published);
    }

    [Fact]
    public async Task A_failed_run_is_a_failed_invocation()
    {
        app.AddToModels("audits/something_is_wrong.sql", "-- Grain: one row per thing that is wrong.\nselect 1 as thing\n");

        var exception = await Assert.ThrowsAsync<RunFailedException>(app.BuildMartsAsync);

        var report = Assert.Single(await app.ReportsAsync());
        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.False(report.Published);
        Assert.Contains(report.Id, exception.Message, StringComparison.Ordinal);
        Assert.Contains("something_is_wrong", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_while_another_run_builds_says_so_and_starts_nothing()
    {
        await using var building = await app.Lake.LeaseAsync(new LakePath("leases/run"), "a run elsewhere", TestContext.Current.CancellationToken);

        await app.BuildMartsAsync();

        Assert.Empty(await app.ReportsAsync());
        Assert.Contains(app.Logged, line => line.Message == "Nothing was started: a run elsewhere is at work on the lake");
    }
}
