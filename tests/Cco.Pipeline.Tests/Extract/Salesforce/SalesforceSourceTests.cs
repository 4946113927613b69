using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cco.Pipeline.Tests.Extract;

public sealed class SalesforceSourceTests
{
    private const string ClientSecret = "client_secret_never_to_be_seen";
    private const string Asking = "select Id,IsDeleted,MasterRecordId,Name,BillingCity,SystemModstamp,Health__c from Account where ";

    [Fact]
    public async Task All_fields_are_asked_for_and_deleted_and_merged_records_among_them()
    {
        var org = Acme();
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await ReadAsync(world, server);

        Assert.Equal(["001a", "001b", "-001c", "001d", "-001e"], Landed(world));
        Assert.Equal(
            ["select count() from Account where SystemModstamp >= 2026-01-01T00:00:00Z and SystemModstamp < 2026-01-10T11:55:00Z",
                Asking + "SystemModstamp >= 2026-01-01T00:00:00Z and SystemModstamp < 2026-01-10T11:55:00Z order by SystemModstamp, Id"],
            Questions(server));
        Assert.Equal(["2026-01-03 00:00:00|001a"], SourceWorld.Query($"select strftime(updated_at, '%Y-%m-%d %H:%M:%S'), payload ->> '$.MasterRecordId' from {Raw(world)} where record_id = '001c'"));
        Assert.Contains("grant_type=client_credentials&client_id=me&client_secret=" + ClientSecret, server.Asked.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_run_asks_for_what_changed_since()
    {
        var org = Acme();
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");
        await ReadAsync(world, server);
        org.Accounts.Add(("001f", "2026-01-10T13:00:00", false, null));
        world.Time.Pass(TimeSpan.FromHours(2));

        await ReadAsync(world, server);

        Assert.Equal("001f", Landed(world)[^1]);
        Assert.Contains("SystemModstamp >= 2026-01-10T11:00:00", Questions(server)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ends_between_two_pages_is_replaced_and_the_question_asked_again_from_the_last_change()
    {
        var org = Acme();
        org.SessionRequests = 4;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await ReadAsync(world, server);

        Assert.Equal(2, org.Sessions);
        Assert.Equal(["001a", "001b", "-001c", "001d", "001d", "-001e"], Landed(world));
        Assert.Equal(Asking + "SystemModstamp >= 2026-01-04T00:00:00Z and SystemModstamp < 2026-01-10T11:55:00Z order by SystemModstamp, Id", Questions(server)[^1]);
    }

    [Fact]
    public async Task A_page_that_is_not_kept_any_more_without_progress_is_an_error()
    {
        var org = Acme();
        org.Fails = asked => asked.Path.Contains("/query/", StringComparison.Ordinal) ? (400, "INVALID_QUERY_LOCATOR") : null;
        org.PageRecords = 1;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        Assert.Contains("INVALID_QUERY_LOCATOR", await FailAsync(world, server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/query", "credentials are not sent there")]
    [InlineData("https://", "salesforce.account, page 1")]
    public async Task A_next_page_at_another_place_is_an_error(string place, string says)
    {
        var org = Acme();
        org.NextRecords = place;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        Assert.Contains(says, await FailAsync(world, server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_are_used_up_are_a_clear_error_and_the_next_run_goes_on()
    {
        var org = Acme();
        var isUsedUp = true;
        org.Fails = asked => isUsedUp && asked.Path.EndsWith("-4", StringComparison.Ordinal) ? (403, "REQUEST_LIMIT_EXCEEDED") : null;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        var error = await FailAsync(world, server);
        isUsedUp = false;
        await ReadAsync(world, server);

        Assert.Contains("salesforce.account, page 3 of 2026-01-01T00:00:00Z to 2026-01-10T11:55:00Z", error, StringComparison.Ordinal);
        Assert.Contains("The API requests that the org has in 24 hours are used up", error, StringComparison.Ordinal);
        Assert.DoesNotContain("session_token_number_1", error, StringComparison.Ordinal);
        Assert.Equal(["001a", "001b", "-001c", "001d", "001d", "-001e"], Landed(world));
    }

    [Fact]
    public async Task A_span_with_many_records_is_read_as_a_file_in_the_shape_of_a_query()
    {
        var org = Acme();
        org.Count = 10_001;
        org.PageRecords = 3;
        org.JobStates = ["InProgress", "JobComplete"];
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await ReadAsync(world, server);

        Assert.Equal(["001a", "001b", "-001c", "001d", "-001e"], Landed(world));
        Assert.Equal(["", "MTA3"], server.Asked.Where(asked => asked.Path.EndsWith("/results", StringComparison.Ordinal)).Select(asked => asked["locator"] ?? ""));
        Assert.DoesNotContain("order by", server.Asked.Single(asked => asked.Method == "POST" && asked.Path.EndsWith("/jobs/query", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
        Assert.Equal(
            ["""2026-01-02 00:00:00|{"Id":"001b","IsDeleted":"false","MasterRecordId":null,"Name":"The \"001b\":\"\", as they say","BillingCity":null,"SystemModstamp":"2026-01-02T00:00:00.000Z","Health__c":"1.5"}"""],
            SourceWorld.Query($"select strftime(updated_at, '%Y-%m-%d %H:%M:%S'), payload from {Raw(world)} where record_id = '001b'"));
    }

    [Fact]
    public async Task A_job_that_fails_is_an_error_with_its_reason()
    {
        var org = Acme();
        (org.Count, org.JobStates) = (10_001, ["InProgress", "Failed"]);
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        Assert.Contains("Salesforce could not prepare the records, job 750x is 'Failed': It was too much.", await FailAsync(world, server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Reading_goes_on_with_the_results_of_a_job_while_they_are_kept(bool isKept, int jobs)
    {
        var org = Acme();
        var isBroken = true;
        (org.Count, org.PageRecords) = (10_001, 3);
        org.Fails = asked => asked["locator"] is null ? null : isBroken ? (403, "REQUEST_LIMIT_EXCEEDED") : isKept || org.Jobs > 1 ? null : (404, "NOT_FOUND");
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await FailAsync(world, server);
        isBroken = false;
        await ReadAsync(world, server);

        Assert.Equal(jobs, org.Jobs);
        Assert.Equal(5, Landed(world).Distinct().Count());
    }

    [Fact]
    public async Task A_question_that_is_too_long_for_an_address_is_asked_as_a_file()
    {
        var org = Acme();
        org.CustomFields.AddRange(Enumerable.Range(0, 400).Select(number => $"A_field_with_a_long_name_{number}__c"));
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await ReadAsync(world, server);

        Assert.Equal(1, org.Jobs);
        Assert.Empty(Questions(server));
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_asked_for_less()
    {
        var org = Acme();
        org.Fails = asked => asked["q"]?.Contains("from Account where SystemModstamp >= 2026-01-01T00:00:00Z and SystemModstamp < 2026-01-10", StringComparison.Ordinal) == true ? (400, "QUERY_TIMEOUT") : null;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        await ReadAsync(world, server);

        Assert.Equal(["001a", "001b", "-001c", "001d", "-001e"], Landed(world));
    }

    [Fact]
    public async Task An_object_that_the_user_may_not_read_is_an_error_that_says_what_to_do()
    {
        var org = Acme();
        org.Fails = asked => asked.Path.EndsWith("/describe", StringComparison.Ordinal) ? (404, "NOT_FOUND") : null;
        await using var server = await org.StartAsync();
        using var world = new SourceWorld(server, "");

        Assert.Contains("the user may not read it: give the permission, or leave the stream out", await FailAsync(world, server), StringComparison.Ordinal);
    }

    private static SalesforceOrg Acme()
    {
        var org = new SalesforceOrg();
        org.Accounts.AddRange(
        [
            ("001a", "2026-01-01T00:00:00", false, null),
            ("001b", "2026-01-02T00:00:00", false, null),
            ("001c", "2026-01-03T00:00:00", true, "001a"),
            ("001d", "2026-01-04T00:00:00", false, null),
            ("001e", "2026-01-05T00:00:00", true, null),
        ]);
        return org;
    }

    private static string Raw(SourceWorld world) => $"read_parquet({Sql.Text(Path.Combine(world.LakeFolder, "raw", "salesforce", "account", "*", "*.parquet"))}, filename = true)";

    private static IReadOnlyList<string> Landed(SourceWorld world) =>
        SourceWorld.Query($"select case when is_deleted then '-' else '' end || record_id from {Raw(world)} order by \"filename\", position");

    private static List<string> Questions(LoopbackServer server) => [.. server.Asked.Where(asked => asked.Path.EndsWith("/queryAll", StringComparison.Ordinal)).Select(asked => asked["q"]!)];

    private static async Task<StreamReceipt> RunAsync(SourceWorld world, LoopbackServer server)
    {
        var settings = new SourceSettings
        {
            Start = new DateOnly(2026, 1, 1),
            Streams = { "account" },
            Settings = { ["instance_url"] = server.Address.ToString().TrimEnd('/'), ["client_id"] = "me" },
            Secrets = { ["client_secret"] = ClientSecret },
        };
        var registry = new SourceRegistry([SourceRegistry.Delivered], new SourcesOptions { ["salesforce"] = settings }, world.Options, world.Time);
        var run = new RunContext(new TransformOptions { Threads = 1, MemoryLimit = "1GB" }, new KpiOptions(), world.Time, NullLogger<PipelineRun>.Instance);
        var sweep = new SourceSweep(world.Lake, new Lander(world.Lake, world.Time), registry, run, NullLogger<SourceSweep>.Instance);
        var receipts = await sweep.SweepAsync(RunId.Begin(world.Time), new RunRequest(), new NoProgress(), TestContext.Current.CancellationToken);
        world.Time.Pass(TimeSpan.FromMilliseconds(1));
        return Assert.Single(receipts);
    }

    private static async Task ReadAsync(SourceWorld world, LoopbackServer server)
    {
        var receipt = await RunAsync(world, server);
        Assert.Null(receipt.Error);
        Assert.Equal(StreamOutcome.Read, receipt.Outcome);
    }

    private static async Task<string> FailAsync(SourceWorld world, LoopbackServer server)
    {
        var receipt = await RunAsync(world, server);
        Assert.Equal(StreamOutcome.Failed, receipt.Outcome);
        Assert.DoesNotContain(ClientSecret, receipt.Error!, StringComparison.Ordinal);
        return receipt.Error!;
    }
}
