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
}
