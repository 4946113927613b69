using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Functions;

public sealed class VacuumTests : IDisposable
{
    private static readonly LakePath Unused = new("models/no_model/0.parquet");

    private readonly FunctionsApp app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_call_deletes_what_no_run_uses()
    {
        await KeepAsync();

        await app.VacuumAsync();

        Assert.False(await app.Lake.ExistsAsync(Unused, Cancel));
        Assert.Contains(app.Logged, line => line.Message == "Vacuum deleted 1 files of 0 bytes, and 0 records that their sources have deleted");
    }

    [Fact]
    public async Task A_call_while_a_run_builds_says_so_and_deletes_nothing()
    {
        await KeepAsync();
        await using var building = await app.Lake.LeaseAsync(new LakePath("leases/run"), "a run elsewhere", Cancel);

        await app.VacuumAsync();

        Assert.True(await app.Lake.ExistsAsync(Unused, Cancel));
        Assert.Contains(app.Logged, line => line.Message == "Nothing was started: a run elsewhere is at work on the lake");
    }

    private Task<bool> KeepAsync() => app.Lake.WriteOnceAsync(Unused, (_, _) => Task.CompletedTask, Cancel);
}
