using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

public sealed class LostLeaseTests : IDisposable
{
    private readonly Company company = new();

    [Fact]
    public async Task A_run_that_lost_its_lease_publishes_nothing_and_the_next_replaces_everything()
    {
        await company.DropAsync("order_line", "one.csv", "order_id,customer_key,amount\no1,a,10\n");
        var first = await company.RunAsync();
        await company.DropAsync("order_line", "two.csv", "order_id,customer_key,amount\no2,a,5\n");

        var late = await company.RunAsync(progress: new Thief(company.Lake.Local(PipelineRun.Lease)));

        Assert.Equal((RunStatus.Failed, false), (late.Status, late.Published));
        Assert.Contains("The lease 'leases/run'", late.Error, StringComparison.Ordinal);
        Assert.Equal(first.Id, (await Manifest.ReadAsync(company.Lake, TestContext.Current.CancellationToken))!.RunId);
        Assert.Equal(["o1"], await company.QueryAsync("select order_id from fct_order"));

        Assert.True((await company.RunAsync()).Published);
        Assert.Equal(["o1", "o2"], await company.QueryAsync("select order_id from fct_order order by 1"));
    }

    public void Dispose() => company.Dispose();

    /// <summary>Ends the lease of a run when it begins to publish.</summary>
    private sealed class Thief(string lease) : IRunProgress
    {
        public void Entered(RunStage stage)
        {
            if (stage == RunStage.Publish)
            {
                File.Delete(lease);
            }
        }

        public void Began(RunId run, DateOnly asOf)
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
