using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Extract;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Tests.Functions;

public sealed class ExtractTimerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private LoopbackServer server = null!;
    private FunctionsApp app = null!;

    public async ValueTask InitializeAsync()
    {
        server = await LoopbackServer.StartAsync(async (context, asked) =>
        {
            if (asked.Path == "/stop")
            {
                await stop.CancelAsync();
            }

            await LoopbackServer.JsonAsync(context, asked.Path == "/broken" ? "no JSON" : """[{ "id": "a" }, { "id": "b" }]""");
        });
        app = new FunctionsApp([new("Sources:people:BaseUrl", $"{server.Address}"), new("Sources:bills:BaseUrl", $"{server.Address}"), new("Sources:rates:BaseUrl", $"{server.Address}")]);
        Describe("people", "crm", "/people");
        Describe("bills", "billing", "/bills");
        Describe("rates", "other", "/rates");
    }

    public async ValueTask DisposeAsync()
    {
        app.Dispose();
        await server.DisposeAsync();
        stop.Dispose();
    }

    [Fact]
    public async Task A_timer_reads_the_sources_of_its_kind_alone()
    {
        await app.ExtractCrmAsync();

        var stream = Assert.Single(Assert.Single(await app.ReportsAsync()).Streams);
        Assert.Equal(("people", StreamOutcome.Read, 2), (stream.Source, stream.Outcome, stream.Rows));
        Assert.Equal(["/people"], server.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task The_build_reads_what_no_other_timer_reads()
    {
        await app.BuildMartsAsync();

        Assert.Equal(["rates"], Assert.Single(await app.ReportsAsync()).Streams.Select(stream => stream.Source));
    }

    [Fact]
    public async Task Sources_are_read_while_a_run_builds()
    {
        await using var building = await app.Lake.LeaseAsync(new LakePath("leases/run"), "a run", TestContext.Current.CancellationToken);

        await app.ExtractCrmAsync();

        Assert.Equal(RunStatus.Succeeded, Assert.Single(await app.ReportsAsync()).Status);
    }

    [Fact]
    public async Task A_stream_that_is_being_read_is_left_alone_and_the_log_says_so()
    {
        await using var reading = await app.Lake.LeaseAsync(new LakePath("leases/extract/people/record"), "a run elsewhere", TestContext.Current.CancellationToken);

        await app.ExtractCrmAsync();

        Assert.Empty(server.Asked);
        Assert.Contains(app.Logged, line => line.Message.StartsWith("Stream people.record Busy", StringComparison.Ordinal) && line.Message.Contains("a run elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_fails_is_a_failed_invocation()
    {
        Describe("bills", "billing", "/broken");

        var exception = await Assert.ThrowsAsync<RunFailedException>(() => app.ExtractBillingAsync());

        Assert.Contains("bills.record", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_stops_ends_the_run_whose_report_says_so()
    {
        Describe("bills", "billing", "/stop");

        await Assert.ThrowsAsync<RunFailedException>(() => app.ExtractBillingAsync(stop.Token));

        Assert.Equal(RunStatus.Canceled, Assert.Single(await app.ReportsAsync()).Status);
    }

    [Fact]
    public async Task A_call_that_comes_late_is_noticed_and_done()
    {
        await app.ExtractCrmAsync(new TimerInfo { IsPastDue = true });

        Assert.Equal(RunStatus.Succeeded, Assert.Single(await app.ReportsAsync()).Status);
        Assert.Contains(app.Logged, line => line.Message.StartsWith("The call comes late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_line_of_a_run_carries_its_id()
    {
        await app.ExtractCrmAsync();

        var run = Assert.Single(await app.ReportsAsync()).Id;
        Assert.Contains(app.Logged, line => line.Message.StartsWith("Run ended Succeeded", StringComparison.Ordinal));
        Assert.All(app.Logged, line => Assert.Equal(run, line.Fields["RunId"]));
    }

    [Fact]
    public async Task A_stream_is_a_trace()
    {
        app.Trace();

        await app.ExtractCrmAsync();

        Assert.Contains("people.record", app.Traced.Select(activity => activity.OperationName));
    }

    private void Describe(string source, string kind, string path) => app.AddToModels($"sources/{source}.yaml", $"""
        source: {source}
        title: {source}
        kind: {kind}
        documentation: https://example.com/docs
        setup: [Nothing is needed.]
        base_url: https://example.com
        test: {"{ path: /ping }"}
        streams:
          record:
            description: A record.
            path: {path}
            id: [id]
        """);
}
