using System.Globalization;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>Numbers of the sample company, taken apart: by the program once for each kind of answer, and of a run that is opened once for all other questions.</summary>
public sealed class ExplainTests(DemoLake demo, ExplainTests.OpenedRun opened) : IClassFixture<ExplainTests.OpenedRun>
{
    private readonly Installation installation = demo.Installation;

    /// <summary>What the sample company's run has built, open for questions.</summary>
    public sealed class OpenedRun(DemoLake demo) : IAsyncLifetime
    {
        private ServiceProvider? services;
        private PublishedBuild? build;

        public async ValueTask InitializeAsync()
        {
            await demo.ReportAsync();
            services = new ServiceCollection()
                .AddCcoPipeline(new ConfigurationBuilder().AddInMemoryCollection([new("Lake:Folder", demo.Installation.LakeFolder)]).Build())
                .BuildServiceProvider();
            build = await services.GetRequiredService<KpiExplainer>().OpenAsync(CatalogReader.Read(new TransformOptions()), Cancel);
        }

        public KpiExplanation Explain(KpiQuestion question) => KpiExplainer.Explain(build!, question, Cancel);

        public async ValueTask DisposeAsync()
        {
            build?.Dispose();
            await (services?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mrr", "2025-12", null)]
    [InlineData("net_new_mrr", "2024-Q3", "region=EMEA")]
    [InlineData("net_revenue_retention", "2025-12/12", "plan=Core pro")]
    [InlineData("renewal_rate", "FY2025", "owner=file:E-000010")]
    [InlineData("subscription_gross_margin", "2025-06", "segment=unassigned")]
    [InlineData("nps_relationship", "2025-Q2", "survey_id=relationship_nps")]
    public async Task Customers_and_others_make_the_published_number(string kpi, string period, string? segment)
    {
        var explained = opened.Explain(new KpiQuestion(kpi, period, segment, null, 3));

        List<KpiPart> parts = [.. explained.Customers.Select(customer => customer.Part), explained.Others];
        var place = (segment ?? "all=all").Split('=');
        var published = Assert.Single(await installation.QueryAsync(
            $"""
            select numerator, denominator, n
            from fct_kpi
            where kpi = '{kpi}' and segment_dimension = '{place[0]}' and segment_value = '{place[1]}'
                and period_start = '{explained.Period.Start:yyyy-MM-dd}'
                and period_type = '{explained.Period.Type}'
            """)).Split('|');
        Assert.Equal(decimal.Parse(published[0], CultureInfo.InvariantCulture), parts.Sum(part => part.Numerator));
        Assert.Equal(published[1].Length == 0 ? 0 : decimal.Parse(published[1], CultureInfo.InvariantCulture), parts.Sum(part => part.Denominator ?? 0));
        Assert.Equal(long.Parse(published[2], CultureInfo.InvariantCulture), parts.Sum(part => part.N));
    }

    [Theory]
    [InlineData("mrr", "2025-12")]
    [InlineData("net_revenue_retention", "2025-12/12")]
    [InlineData("renewal_rate", "FY2025")]
    [InlineData("historic_lifetime_value", "2025-12")]
    [InlineData("csat_transactional", "2025-Q2")]
    public void A_customers_part_leads_to_records_that_stand_in_the_lake_where_it_says(string kpi, string period)
    {
        var largest = Assert.Single(opened.Explain(new KpiQuestion(kpi, period, null, null, 1)).Customers);
        var explained = opened.Explain(new KpiQuestion(kpi, period, null, largest.CustomerKey ?? KpiQuestion.NoCustomer, 1));

        var records = explained.Evidence!.Single(evidence => evidence.Title == "Raw records");
        var record = records.Columns.Zip(records.Rows[0]).ToDictionary(cell => cell.First.Name, cell => cell.Second, StringComparer.Ordinal);
        var raw = installation.InLake((string)record["raw_file"]!);
        var found = Duck.Query($"select record_id from read_parquet('{raw}') where position = {record["position"]}");
        Assert.Equal([(string)record["record_id"]!], found);
        Assert.NotEmpty(Directory.EnumerateFiles(installation.InLake("landing-done"), (string)record["file"]!, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task People_see_the_number_its_customers_the_others_and_the_total()
    {
        var result = await installation.CallAsync("explain", "MRR", "2025-12", "--top", "2");
        var total = Assert.Single(await installation.QueryAsync("select numerator from fct_kpi where kpi = 'mrr' and segment_dimension = 'all' and period_type = 'month' and period_start = '2025-12-01'"));

        Assert.Equal(0, result.Code);
        Assert.StartsWith("Monthly recurring revenue, 2025-12: 2025-12-01 to 2025-12-31\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(result.Lines, line => line.StartsWith(" and ", StringComparison.Ordinal));
        var shown = Assert.Single(result.Lines, line => line.StartsWith(" Total ", StringComparison.Ordinal));
        Assert.Contains(decimal.Parse(total, CultureInfo.InvariantCulture).ToString("#,##0.####", CultureInfo.InvariantCulture), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_the_number_its_customers_the_others_and_a_customers_evidence()
    {
        var question = new KpiQuestion("net_revenue_retention", "2025-12/12", "region=EMEA", null, 1);
        var expected = opened.Explain(question);
        var customer = Assert.Single(expected.Customers).CustomerKey!;
        var evidence = opened.Explain(question with { Customer = customer }).Evidence!;

        var whole = (await installation.CallAsync("explain", "net_revenue_retention", "2025-12/12", "--segment", "region=EMEA", "--top", "1", "--json")).Json();
        var one = (await installation.CallAsync("explain", "net_revenue_retention", "2025-12/12", "--segment", "region=EMEA", "--customer", customer, "--json")).Json();

        Assert.Equal(expected.Value, whole.GetProperty("value").GetDouble());
        Assert.Equal(customer, Assert.Single(whole.GetProperty("customers").EnumerateArray()).GetProperty("customer_key").GetString());
        Assert.Equal(expected.Others.Numerator, whole.GetProperty("others").GetProperty("numerator").GetDecimal());
        Assert.Equal(
            evidence.Select(shown => (shown.Title, shown.Rows.Count)),
            one.GetProperty("evidence").EnumerateArray().Select(shown => (shown.GetProperty("title").GetString()!, shown.GetProperty("rows").GetArrayLength())));
    }

    [Theory]
    [InlineData("There is no KPI 'net_retention'. Nearest: net_revenue_retention", "net_retention", "2025-12")]
    [InlineData("mrr has no period '2031-01'. There are:", "mrr", "2031-01")]
    [InlineData("month 2024-01 to 2025-12", "mrr", "yesterday")]
    [InlineData("mrr has no segments by 'planet' in 2025-12. There are: acquisition_cohort,", "mrr", "2025-12", "planet=Mars")]
    [InlineData("mrr has no region 'Mars' in 2025-12. There are: AMER,", "mrr", "2025-12", "region=Mars")]
    [InlineData("'Mars' is no segment: write its dimension and its value", "mrr", "2025-12", "Mars")]
    [InlineData("No customer 'nobody' contributes to this number. The largest that do:", "mrr", "2025-12", null, "nobody")]
    [InlineData("Nothing without a customer contributes", "mrr", "2025-12", null, KpiQuestion.NoCustomer)]
    public void What_is_not_there_is_an_error_that_says_what_is(string reason, string kpi, string period, string? segment = null, string? customer = null)
    {
        var error = Assert.Throws<ArgumentException>(() => opened.Explain(new KpiQuestion(kpi, period, segment, customer, 1)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no KPI 'net_retention'. Nearest: net_revenue_retention", "net_retention", "2025-12")]
    [InlineData("No customer 'nobody' contributes to this number. The largest that do:", "mrr", "2025-12", "--customer", "nobody")]
    [InlineData("--top is 1 or more.", "mrr", "2025-12", "--top", "0")]
    public async Task The_program_ends_with_2_then(string reason, params string[] arguments)
    {
        var result = await installation.CallAsync(["explain", .. arguments]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_landed_since_change_nothing_and_a_result_that_was_deleted_is_made_again()
    {
        var before = await installation.CallAsync("explain", "mrr", "2025-12");
        installation.Drop("customer", "late.csv", "customer_id,name\nlate,Late\n");
        await installation.RunAsync("--only", "intake");
        Directory.Delete(installation.InLake("models/int_recurring_item_run"), recursive: true);

        var after = await installation.CallAsync("explain", "mrr", "2025-12");

        Assert.Equal((0, before.Output), (after.Code, after.Output));
        Assert.True(Directory.Exists(installation.InLake("models/int_recurring_item_run")));
    }

    [Fact]
    public async Task Models_that_have_changed_since_are_an_error_that_says_what_to_do()
    {
        using var changed = new Installation { LakeFolder = installation.LakeFolder };
        changed.Write("overlay/models/marts/dim_kpi.sql", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "transforms/models/marts/dim_kpi.sql"), Cancel) + "\n-- changed");
        changed.Configure(null, changed.PathOf("overlay"));

        var result = await changed.CallAsync("explain", "mrr", "2025-12");
        changed.LakeFolder = changed.PathOf("lake");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("`cco run` publishes anew, then ask again.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_is_published_it_says_so()
    {
        using var empty = new Installation();

        var result = await empty.CallAsync("explain", "mrr", "2025-12");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("Nothing has been published yet", result.Errors, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task Every_KPI_can_be_taken_apart_in_every_kind_of_period_down_to_the_records_of_its_customers()
    {
        var numbers = await installation.QueryAsync(
            """
            select
                kpi,
                case period_type
                    when 'month' then strftime(max(period_start), '%Y-%m')
                    when 'quarter' then '2025-Q1'
                    when 'fiscal_year' then 'FY2024'
                    else strftime(max(period_end) - interval 1 day, '%Y-%m') || '/12'
                end
            from fct_kpi
            where segment_dimension = 'all'
            group by kpi, period_type
            """);
        var wrong = new List<string>();
        foreach (var number in numbers.Select(number => number.Split('|')))
        {
            var whole = opened.Explain(new KpiQuestion(number[0], number[1], null, null, 1000));
            var some = whole.Customers.Take(1).Concat(whole.Customers.TakeLast(1)).Concat(whole.Customers.Where(customer => customer.CustomerKey is null));
            foreach (var question in some.Select(customer => new KpiQuestion(number[0], number[1], null, customer.CustomerKey ?? KpiQuestion.NoCustomer, 1)).Distinct())
            {
                try
                {
                    Assert.NotEmpty(opened.Explain(question).Evidence!);
                }
                catch (TransformException exception)
                {
                    wrong.Add($"{question}: {exception.Message}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
