using Cco.Pipeline.IntegrationTests.Processes;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>A shop that has published, and whose next run has new, changed and bad rows before it: for runs that are ended too early.</summary>
public sealed class UnfinishedShop : IAsyncLifetime
{
    private const int Seed = 20260101;

    private const string Customer =
        """
        -- Grain: one row per customer.
        select
            customer_name,
            cast(sum(amount) as decimal(18, 4)) as amount
        from fct_order
        group by all
        """;

    private const string CustomerContract =
        """
        create table marts.fct_customer (customer_name varchar, amount decimal(18, 4) not null);
        comment on table marts.fct_customer is 'One row per customer.';
        comment on column marts.fct_customer.customer_name is 'Who ordered. Null: not known.';
        comment on column marts.fct_customer.amount is 'What it cost in all.';
        """;

    private readonly Installation installation = Shop.Install();
    private string before = "";
    private string after = "";
    private string refused = "";

    public async ValueTask InitializeAsync()
    {
        installation.Write("sql/models/marts/fct_customer.sql", Customer);
        installation.Write("sql/models/marts/fct_customer.contract.sql", CustomerContract);
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await installation.RunAsync();
        installation.Drop("order_line", "more.csv", "order_id,customer_name,amount,updated_at\no2,Ada,5.50,2999-01-01\no4,Bob,1.00,2025-03-02\n");
        installation.Drop("order_line", "bad.csv", "order_id,customer_name,amount\no5,Cem,one\no6,Cem,2,3\n");
        installation.Drop("order_line", "worse.csv", "nothing\n");
        before = await MartsAsync();
        installation.Keep();

        await installation.RunAsync();
        after = await MartsAsync();
        refused = await RefusedAsync();
        Assert.Equal("in all|Ada|15.0000\nin all|Bob|7.0000\no1|Ada|10.5000\no2|Ada|4.5000\no3|Bob|7.0000", before);
        Assert.Equal("in all|Ada|16.0000\nin all|Bob|8.0000\no1|Ada|10.5000\no2|Ada|5.5000\no3|Bob|7.0000\no4|Bob|1.0000", after);
        Assert.Equal(2, refused.Split('\n').Length);
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Some of so many points of a run, the same each time.</summary>
    internal static IEnumerable<int> Points(int count, int some)
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, some).Select(_ => random.Next(1, count + 1));
    }

    /// <summary>Starts the run in a process of its own, over a lake as it was before it.</summary>
    internal CcoProcess Start() => installation.Start("run", "--as-of", "2026-01-01");

    /// <summary>Puts the lake back to what it was before the run.</summary>
    internal string Reset()
    {
        installation.Use(null);
        installation.Reset();
        return installation.LakeFolder;
    }

    /// <summary>Makes a lake in a container what the lake was before the run.</summary>
    /// <param name="account">A container that nobody has used.</param>
    internal async Task<ILake> ResetAsync(LakeOptions account)
    {
        installation.Use(account);
        await CopyAsync(new FolderLake(installation.Kept), installation.Lake);
        return installation.Lake;
    }

    /// <summary>Has the program reach the container by another way.</summary>
    internal void Reach(LakeOptions account) => installation.Use(account);

    /// <summary>Does the run in this process.</summary>
    internal async Task<RunReport> RunAsync(ILake? lake = null)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(installation.PathOf("cco.settings.json")).Build();
        var registered = new ServiceCollection().AddCcoPipeline(settings).AddSingleton(lake ?? installation.Lake);
        await using var services = registered.BuildServiceProvider();
        return await services.GetRequiredService<PipelineRun>().RunAsync(new RunRequest(new DateOnly(2026, 1, 1)), new NoProgress(), TestContext.Current.CancellationToken);
    }

    /// <summary>Holds that the marts are those of a whole run, and that the next run makes of the lake what an undisturbed one made of it.</summary>
    /// <param name="end">How the run before ended, for who reads that this failed.</param>
    internal async Task HoldAsync(string end)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}: {end}");
        await HoldPublishedAsync();
        Assert.Contains(await MartsAsync(), new[] { before, after });

        var report = await RunAsync();

        Assert.Null(report.Error);
        Assert.True(report.Published);
        await HoldPublishedAsync();
        Assert.Equal(after, await MartsAsync());
        Assert.Equal(refused, await RefusedAsync());
        Assert.Empty(installation.Lake.ListAsync(LandingSweep.Landing, TestContext.Current.CancellationToken).ToBlockingEnumerable());
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(installation.Scratch), entry => Path.GetFileName(entry).StartsWith("cco-", StringComparison.Ordinal));
    }

    /// <summary>Of a container, in a copy of it.</summary>
    private async Task HoldPublishedAsync()
    {
        if (installation.Account is null)
        {
            await PublishedState.HoldAsync(installation.LakeFolder);
            return;
        }

        var copy = Directory.CreateTempSubdirectory("cco-copy-");
        await CopyAsync(installation.Lake, new FolderLake(copy.FullName));
        await PublishedState.HoldAsync(copy.FullName);
        copy.Delete(recursive: true);
    }

    private async Task CopyAsync(ILake from, ILake to) => await new LakeCopy(from, to, new TransformOptions { Scratch = installation.Scratch })
        .CopyAsync(new Progress<LakeCopied>(), TestContext.Current.CancellationToken);

    private async Task<string> MartsAsync() => string.Join('\n', await installation.QueryAsync(
        """
        select 'in all', customer_name, amount from fct_customer
        union all
        select order_id, customer_name, amount from fct_order
        order by all
        """));

    private async Task<string> RefusedAsync() =>
        string.Join('\n', (await installation.QuarantinedAsync()).Select(row => $"{row.File}:{row.Position} {row.Column}='{row.Value}' {row.Reason}"));
}
