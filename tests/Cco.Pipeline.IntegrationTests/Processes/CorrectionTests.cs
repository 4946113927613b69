using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>
/// January is published; then credit notes come late, and two customers turn out to be one. Later a rate is corrected, and last a renewal
/// that was known to come does. All figures are worked out from the files below.
/// </summary>
public sealed class CorrectionTests(CorrectionTests.CorrectedCompany company) : IClassFixture<CorrectionTests.CorrectedCompany>
{
    private readonly Installation installation = company.Installation;

    /// <summary>A company whose January was published, and corrected twice; a third run is about February.</summary>
    public sealed class CorrectedCompany : IAsyncLifetime
    {
        internal Installation Installation { get; } = new();

        internal RunReport Published { get; private set; } = null!;

        internal CcoResult Foretold { get; private set; } = null!;

        internal RunReport Corrected { get; private set; } = null!;

        internal RunReport Revalued { get; private set; } = null!;

        internal RunReport Later { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Installation.Drop("customer", "customers.csv", "customer_id,region\nanna,EMEA\nben,EMEA\ncleo,AMER\ndora,AMER\nemil,APAC\n");
            Installation.Drop(
                "subscription_item",
                "items.csv",
                """
                subscription_item_id,customer_id,currency,unit_amount,started_at
                i-anna,anna,USD,100,2025-12-01
                i-ben,ben,USD,50,2026-01-05
                i-cleo,cleo,USD,200,2025-12-01
                i-dora,dora,USD,80,2026-01-05
                i-emil,emil,EUR,100,2025-09-01
                """);
            Installation.Drop(
                "payment",
                "payments.csv",
                """
                payment_id,customer_id,currency,amount,paid_at
                p-anna,anna,USD,100,2026-01-10
                p-ben,ben,USD,50,2026-01-10
                p-cleo,cleo,USD,200,2026-01-10
                p-dora,dora,USD,80,2026-01-10
                """);
            Installation.Drop("exchange_rate", "rates.csv", "rate_date,from_currency,to_currency,rate\n2025-09-01,EUR,USD,1.1\n2025-12-01,EUR,USD,1.1\n2026-01-31,EUR,USD,1.1\n");
            Installation.Drop(
                "contract_term", "terms.csv", "contract_term_id,customer_id,outcome,start_date,end_date,closed_at\nt-cleo,cleo,renewed,2025-01-10,2026-01-10,2026-02-05\n");
            Published = await Installation.RunAsync("--as-of", "2026-02-01");

            Installation.Drop(
                "credit_note",
                "credits.csv",
                """
                credit_note_id,customer_id,settlement,currency,amount,credit_note_date
                c-1,cleo,outside,USD,30,2026-01-20
                c-2,anna,outside,USD,10,2026-01-25
                c-3,dora,invoice,USD,5,2026-01-25
                """);
            Installation.Drop("customer_merge", "merges.csv", "from_customer_id,into_customer_id\nben,anna\n");
            Installation.Drop("customer", "customers again.csv", "customer_id,region\nemil,APAC\ndora,AMER\ncleo,AMER\nben,EMEA\nanna,EMEA\n");
            Foretold = await Installation.CallAsync("run", "--dry-run", "--json", "--as-of", "2026-02-01");
            Corrected = await Installation.RunAsync("--as-of", "2026-02-01");

            Installation.Drop("exchange_rate", "rates again.csv", "rate_date,from_currency,to_currency,rate\n2025-09-01,EUR,USD,1.0\n2026-01-31,EUR,USD,1.2\n");
            Revalued = await Installation.RunAsync("--as-of", "2026-02-01");

            Installation.Drop("credit_note", "more credits.csv", "credit_note_id,customer_id,settlement,currency,amount,credit_note_date\nc-4,dora,invoice,USD,1,2026-02-03\n");
            Later = await Installation.RunAsync("--as-of", "2026-02-10");
        }

        public ValueTask DisposeAsync()
        {
            Installation.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What the credit notes and the merge change of January, of the whole company.</summary>
    private static readonly string[] January =
    [
        "arpa|540/5|540/4",
        "expansion_mrr|0/|50/",
        "expansion_rate|0/410|50/410",
        "historic_lifetime_value|430/4|390/3",
        "net_revenue_churn|0/410|-50/410",
        "net_revenue_retention|410/410|460/410",
        "new_mrr|130/|80/",
        "paying_customer_count|5/|4/",
        "upsell_mrr|0/|50/",
    ];

    [Fact]
    public void A_dry_run_tells_beforehand_what_will_change()
    {
        Assert.Equal(0, company.Foretold.Code);
        Assert.Equal(January, Months(company.Foretold.Json(), "all", "all"));
        Assert.Equal(["historic_lifetime_value|280/2|250/2"], Months(company.Foretold.Json(), "region", "AMER"));
    }

    [Fact]
    public async Task Two_runs_are_compared_by_kpi_and_segment_as_the_dry_run_foretold()
    {
        var compared = await installation.CallAsync("compare", company.Published.Id, company.Corrected.Id, "--json");

        Assert.Equal(company.Foretold.Output, compared.Output);
    }

    [Theory]
    [InlineData("paying_customer_count", "2026-01", "file:ben|1|0||")]
    [InlineData("Average MRR per customer", "2026-01", "file:ben|50|0|1|", "file:anna|100|150|1|1")]
    public async Task Customers_that_make_the_difference_are_those_of_a_period_by_the_name_that_explain_knows(string kpi, string period, params string[] customers) =>
        Assert.Equal(customers.Order(StringComparer.Ordinal), (await CustomersAsync(company.Published, company.Corrected, kpi, period)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Customers_of_a_period_whose_contributions_are_not_kept_are_those_of_the_models_that_are()
    {
        Assert.Equal(["file:emil|110|100||"], await CustomersAsync(company.Corrected, company.Revalued, "mrr", "2025-09"));
        Assert.Empty(await installation.QueryAsync("select * from fct_kpi_contribution where period_end < '2025-11-01'"));
    }

    [Fact]
    public async Task Where_the_models_have_changed_such_a_period_is_an_error_that_says_what_to_do()
    {
        using var changed = new Installation { LakeFolder = installation.LakeFolder };
        changed.Write(
            "overlay/models/marts/dim_kpi.sql",
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "transforms/models/marts/dim_kpi.sql"), TestContext.Current.CancellationToken) + "\n-- changed");
        changed.Configure(null, changed.PathOf("overlay"));

        var kept = await changed.CallAsync("compare", company.Corrected.Id, company.Revalued.Id, "--kpi", "mrr", "--period", "2026-01");
        var computed = await changed.CallAsync("compare", company.Corrected.Id, company.Revalued.Id, "--kpi", "mrr", "--period", "2025-09");
        changed.LakeFolder = changed.PathOf("lake");

        Assert.Equal(0, kept.Code);
        Assert.Equal((2, ""), (computed.Code, computed.Output));
        Assert.Contains($"Run {company.Corrected.Id} keeps what customers contribute to the periods that end within its last 3 months", computed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_vacuum_keeps_is_compared_as_before_and_of_what_it_deleted_it_is_said_what_there_is()
    {
        using var later = new Installation();
        later.Take(installation.LakeFolder);
        string[][] questions = [["compare", company.Revalued.Id, company.Later.Id, "--json"], ["compare", company.Revalued.Id, company.Later.Id, "--kpi", "mrr", "--period", "2025-09", "--json"]];
        var before = await AskAsync();
        var fields = later.CountIn($"stage/{BuildPlan.Observed}");
        (later.Environment["CCO_Retention__KeepRuns"], later.Environment["CCO_Retention__KeepRunDays"]) = ("2", "0");

        var vacuum = await later.CallAsync("lake", "vacuum", "--yes");

        Assert.True(vacuum.Code == 0, vacuum.Everything);
        Assert.Equal(before, await AskAsync());
        Assert.Equal((10, 10), (fields, later.CountIn($"stage/{BuildPlan.Observed}")));
        Assert.Equal(["550.0000"], await later.QueryAsync("select numerator from fct_kpi where kpi = 'mrr' and period_type = 'month' and period_start = '2026-01-01' and segment_dimension = 'all'"));
        var gone = await later.CallAsync("compare", company.Published.Id);
        Assert.Equal((2, ""), (gone.Code, gone.Output));
        Assert.Contains($"Tables are there of {company.Later.Id}, {company.Revalued.Id}.", gone.Errors, StringComparison.Ordinal);
        var next = await later.RunAsync("--as-of", "2026-02-10");
        Assert.Equal(BuildOutcome.Unchanged, Assert.Single(next.Models, model => model.Name == "fct_kpi_contribution").Outcome);

        async Task<IReadOnlyList<string>> AskAsync()
        {
            var answers = new List<string>();
            foreach (var question in questions)
            {
                var answer = await later.CallAsync(question);
                Assert.True(answer.Code == 0, answer.Everything);
                answers.Add(answer.Output);
            }

            return answers;
        }
    }

    [Theory]
    [InlineData("mrr has no period '2031-01'. There are:", "--kpi", "mrr", "--period", "2031-01")]
    [InlineData("Say which KPI's customers to show: --kpi <kpi>.", "--period", "2026-01")]
    public async Task What_cannot_be_compared_ends_with_2_and_says_what_can(string reason, params string[] arguments)
    {
        var result = await installation.CallAsync(["compare", company.Published.Id, company.Corrected.Id, .. arguments]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_reported_and_what_it_is_now_is_a_row_of_the_marts_with_the_number_of_records_behind_it()
    {
        var restated = await installation.QueryAsync(
            $"""
            select
                kpi,
                reported_numerator::decimal(18, 0) || '/' || coalesce(reported_denominator::decimal(18, 0)::varchar, ''),
                restated_numerator::decimal(18, 0) || '/' || coalesce(restated_denominator::decimal(18, 0)::varchar, '')
            from fct_kpi_restatement
            where reported_run_id = '{company.Published.Id}' and segment_dimension = 'all'
            order by kpi
            """);

        Assert.Equal(January, restated);
        Assert.Equal(
            ["month|2026-01-01|records|" + company.Corrected.Id],
            await installation.QueryAsync($"select distinct period_type, period_start, cause, restated_run_id from fct_kpi_restatement where reported_run_id = '{company.Published.Id}'"));
    }

    [Theory]
    [InlineData("historic_lifetime_value", "all", "1|file:cleo|credit_note|credits.csv|2", "2|file:anna|credit_note|credits.csv|3", "3|file:anna|customer_merge|merges.csv|2")]
    [InlineData("historic_lifetime_value", "AMER", "1|file:cleo|credit_note|credits.csv|2")]
    [InlineData("paying_customer_count", "all", "1|file:anna|customer_merge|merges.csv|2")]
    [InlineData("new_mrr", "EMEA", "1|file:anna|customer_merge|merges.csv|2")]
    [InlineData("net_revenue_retention", "all", "1|file:anna|customer_merge|merges.csv|2")]
    public async Task The_records_that_caused_it_are_named(string kpi, string segment, params string[] records)
    {
        var named = await installation.QueryAsync(
            $"""
            select record_number, customer_key, entity, file, position
            from fct_kpi_restatement_record
            where kpi = '{kpi}' and segment_value = '{segment}' and reported_run_id = '{company.Published.Id}'
            order by record_number
            """);

        Assert.Equal(records, named);
        Assert.Equal(
            [$"{records.Length}|false"],
            await installation.QueryAsync(
                $"select record_count, is_record_count_partial from fct_kpi_restatement where kpi = '{kpi}' and segment_value = '{segment}' and reported_run_id = '{company.Published.Id}'"));
    }

    [Fact]
    public async Task A_record_that_is_named_stands_in_the_lake_where_it_says()
    {
        var named = await installation.QueryAsync("select distinct raw_file, position, record_id from fct_kpi_restatement_record where entity = 'credit_note' and position = 3");
        var record = Assert.Single(named).Split('|', 3);

        var found = Duck.Query($"select record_id, payload ->> '$.credit_note_id' from read_parquet('{installation.InLake(record[0])}') where position = {record[1]}");

        Assert.Equal([$"{record[2]}|c-2"], found);
    }

    [Fact]
    public async Task What_concerns_all_customers_is_named_as_what_it_is()
    {
        var named = await installation.QueryAsync(
            $"""
            select distinct restatement.reported_numerator::decimal(18, 0), restatement.restated_numerator::decimal(18, 0), restatement.record_count,
                record.customer_key, record.entity, record.file, record.position
            from fct_kpi_restatement as restatement
            inner join fct_kpi_restatement_record as record
                using (reported_run_id, restated_run_id, kpi, period_type, period_start, segment_dimension, segment_value)
            where restatement.restated_run_id = '{company.Revalued.Id}' and kpi = 'mrr' and period_start = '2026-01-01' and segment_dimension in ('all', 'region')
            order by all
            """);

        Assert.Equal(
            [
                "110|120|2||exchange_rate|rates again.csv|2",
                "110|120|2||exchange_rate|rates again.csv|3",
                "540|550|2||exchange_rate|rates again.csv|2",
                "540|550|2||exchange_rate|rates again.csv|3",
            ],
            named);
    }

    [Fact]
    public async Task Where_only_time_has_passed_for_a_number_no_record_is_named_though_some_have_landed()
    {
        var restated = await installation.QueryAsync(
            $"select reported_numerator::bigint, restated_numerator::bigint, cause, record_count from fct_kpi_restatement where restated_run_id = '{company.Later.Id}' and kpi = 'renewal_rate' and segment_dimension = 'all' and period_type = 'month'");

        Assert.Equal(["0|1|time|"], restated);
        Assert.Equal(["0"], await installation.QueryAsync($"select count(*) from fct_kpi_restatement_record where restated_run_id = '{company.Later.Id}'"));
    }

    /// <summary>The customers that <c>cco compare</c> shows, each with numerator and denominator before and after.</summary>
    private async Task<IEnumerable<string>> CustomersAsync(RunReport before, RunReport after, string kpi, string period)
    {
        var result = await installation.CallAsync("compare", before.Id, after.Id, "--kpi", kpi, "--period", period, "--json");

        Assert.True(result.Code == 0, result.Everything);
        return result.Json().GetProperty("customers").EnumerateArray().Select(customer =>
            $"{customer.GetProperty("customer_key").GetString()}|{Number(customer, "numerator_before")}|{Number(customer, "numerator_after")}|{Number(customer, "denominator_before")}|{Number(customer, "denominator_after")}");
    }

    private static string Number(JsonElement customer, string name) =>
        customer.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal().ToString("0.####", CultureInfo.InvariantCulture) : "";

    /// <summary>The numbers of January that a list of changes has of a segment, each with numerator and denominator before and after.</summary>
    private static IEnumerable<string> Months(JsonElement changes, string dimension, string value) => changes.EnumerateArray()
        .Where(change => change.GetProperty("period_type").GetString() == "month"
            && change.GetProperty("segment_dimension").GetString() == dimension
            && change.GetProperty("segment_value").GetString() == value)
        .Select(change =>
        {
            Assert.Equal("2026-01-01", change.GetProperty("period_start").GetString());
            return $"{change.GetProperty("kpi").GetString()}|{Figure(change.GetProperty("before"))}|{Figure(change.GetProperty("after"))}";
        });

    private static string Figure(JsonElement figure) =>
        $"{figure.GetProperty("numerator").GetDecimal().ToString("0.####", CultureInfo.InvariantCulture)}/"
        + (figure.TryGetProperty("denominator", out var denominator) ? denominator.GetDecimal().ToString("0.####", CultureInfo.InvariantCulture) : "");
}
