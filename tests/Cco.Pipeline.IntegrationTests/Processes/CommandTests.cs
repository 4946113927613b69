using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>The program as a script calls it: what it prints, and how it ends.</summary>
public sealed class CommandTests(CommandTests.PublishedShop shop) : IClassFixture<CommandTests.PublishedShop>
{
    private readonly Installation installation = shop.Installation;

    /// <summary>A shop that has published, for commands that only look.</summary>
    public sealed class PublishedShop : IAsyncLifetime
    {
        internal Installation Installation { get; } = Shop.Install();

        internal RunReport? Report { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Installation.Drop("order_line", "orders.csv", Shop.Orders + "o4,=cmd|' /C calc'!A0,1.00,2025-03-02\no5,\"Ann, \"\"A\"\"\",one,2025-03-03\n");
            Report = await Installation.RunAsync();
        }

        public ValueTask DisposeAsync()
        {
            Installation.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Check_finds_nothing_wrong_in_what_is_delivered()
    {
        using var delivered = new Installation();

        var result = await delivered.CallAsync("check");

        Assert.Equal((0, "Everything fits together.\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Sources_are_listed_with_what_they_are_for_and_what_they_give()
    {
        using var delivered = new Installation();

        var list = (await delivered.CallAsync("source", "list", "--json")).Json().EnumerateArray().ToDictionary(source => source.GetProperty("name").GetString()!);
        var discover = await delivered.CallAsync("source", "discover", "stripe");
        var unknown = await delivered.CallAsync("source", "discover", "strip");

        Assert.Equal(("billing", false), (list["stripe"].GetProperty("kind").GetString(), list["stripe"].GetProperty("is_configured").GetBoolean()));
        Assert.Matches(@"invoice +what changed +An invoice with its first lines", discover.Output);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("There is no source 'strip'; there are", unknown.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_a_source_keeps_what_the_settings_file_says()
    {
        using var delivered = new Installation();
        var file = delivered.Write("cco.settings.json", "{\n  // Mine.\n  \"Kpis\": { \"DunningDays\": 14 }\n}\n");

        var first = await delivered.CallAsync("source", "add", "zendesk", "--start", "2025-06-01");
        var second = await delivered.CallAsync("source", "add", "stripe");
        var again = await delivered.CallAsync("source", "add", "stripe");

        Assert.Equal((0, 0, 0), (first.Code, second.Code, again.Code));
        Assert.Contains("is in", again.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("// Mine.", text, StringComparison.Ordinal);
        using var settings = System.Text.Json.JsonDocument.Parse(text, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip });
        Assert.Equal(14, settings.RootElement.GetProperty("Kpis").GetProperty("DunningDays").GetInt32());
        Assert.Equal("2025-06-01", settings.RootElement.GetProperty("Sources").GetProperty("zendesk").GetProperty("Start").GetString());
        Assert.Equal(["stripe", "zendesk"], settings.RootElement.GetProperty("Sources").EnumerateObject().Select(source => source.Name));
    }

    [Fact]
    public async Task Status_is_one_json_document()
    {
        var status = (await installation.CallAsync("status", "--json")).Json();

        Assert.Equal(shop.Report!.Id, status.GetProperty("published").GetProperty("run_id").GetString());
        Assert.Equal("succeeded", status.GetProperty("runs")[0].GetProperty("status").GetString());
        Assert.Contains(status.GetProperty("streams").EnumerateArray(), stream => stream.GetProperty("stream").GetString() == "file.order_line");
        Assert.Empty(status.GetProperty("waiting").EnumerateArray());
    }

    [Fact]
    public async Task Status_says_what_was_published_and_when()
    {
        var result = await installation.CallAsync("status");

        Assert.Equal(0, result.Code);
        Assert.StartsWith($"Published:  run {shop.Report!.Id}, as of 2026-01-01", result.Output, StringComparison.Ordinal);
        Assert.Contains("file.order_line", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_shows_grain_inputs_and_rows()
    {
        var models = (await installation.CallAsync("models", "--json")).Json().EnumerateArray().ToDictionary(model => model.GetProperty("name").GetString()!);

        Assert.Equal(["fct_order", "order_line"], models.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("one row per order.", models["fct_order"].GetProperty("grain").GetString());
        Assert.Equal(4, models["fct_order"].GetProperty("rows").GetInt64());
        Assert.Matches(@"fct_order +4 +\d+\.\d\d +order\. +order_line", (await installation.CallAsync("models")).Output);
    }

    [Fact]
    public async Task Lineage_goes_both_ways()
    {
        var lineage = (await installation.CallAsync("lineage", "order_line", "--json")).Json()[0];

        Assert.Equal("fct_order", lineage.GetProperty("downstream")[0].GetString());
        Assert.Contains("order_line", (await installation.CallAsync("lineage", "fct_order.amount")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lineage_follows_once_what_is_reached_on_several_ways()
    {
        using var delivered = new Installation();

        var result = await delivered.CallAsync("lineage", "fct_kpi");

        Assert.Single(result.Lines, line => line.EndsWith(" customer", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.EndsWith(" customer …", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dictionary_writes_what_every_column_means()
    {
        var result = await installation.CallAsync("dictionary", "--out", "words");

        Assert.Equal(0, result.Code);
        Assert.Contains("What it cost.", await File.ReadAllTextAsync(installation.PathOf("words/DICTIONARY.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(
            "marts,fct_order,amount,\"DECIMAL(18,4)\",true,false,What it cost.",
            await File.ReadAllTextAsync(installation.PathOf("words/dictionary.csv"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_is_the_header_of_a_file_to_drop() =>
        Assert.Equal("source,order_id,customer_name,amount,ordered_date,deleted_at\n", (await installation.CallAsync("template", "order_line")).Output);

    [Fact]
    public async Task Query_prints_a_table()
    {
        var result = await installation.CallAsync("query", "select order_id, amount from fct_order order by 1 limit 2");

        Assert.Equal(["order_id", "amount", "o1", "10.5000", "o2", "4.5000", "2", "rows"], result.Output.Split([' ', '\n', '─', '-'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Query_as_csv_disarms_a_formula()
    {
        var result = await installation.CallAsync("query", "select customer_name, -amount as owed from fct_order where order_id = 'o4'", "--csv");

        Assert.Equal("customer_name,owed\n'=cmd|' /C calc'!A0,-1.0000\n", result.Output);
    }

    [Fact]
    public async Task Query_answers_each_statement_of_its_input()
    {
        var result = await installation.PipeAsync("select 1 as one;\nselect 2\n  as two;\nselect nonsense;\nselect 3 as three", "query", "--csv");

        Assert.Equal((1, "one\n1\ntwo\n2\nthree\n3\n"), (result.Code, result.Output));
        Assert.Contains("nonsense", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_as_json_keeps_text_and_numbers_as_they_are()
    {
        var row = (await installation.CallAsync("query", "select customer_name, amount, null as nothing from fct_order where order_id = 'o4'", "--json")).Json()[0];

        Assert.Equal("=cmd|' /C calc'!A0", row.GetProperty("customer_name").GetString());
        Assert.Equal(1.0m, row.GetProperty("amount").GetDecimal());
    }

    [Theory]
    [InlineData("select nonsense from fct_order", "nonsense")]
    [InlineData("drop table fct_order", "read-only")]
    [InlineData("select * from read_csv('/etc/passwd')", "disabled")]
    [InlineData("copy fct_order to 'stolen.csv'", "disabled")]
    [InlineData("set enable_external_access = true", "locked")]
    public async Task A_query_that_is_wrong_or_does_more_than_read_is_refused(string sql, string reason)
    {
        var result = await installation.CallAsync("query", sql);

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantine_shows_file_line_column_value_and_reason()
    {
        var row = (await installation.CallAsync("quarantine", "show", "file.order_line", "--json")).Json()[0];
        var shown = await installation.CallAsync("quarantine", "show");
        var listed = await installation.CallAsync("quarantine", "list");

        Assert.Equal(
            ("orders.csv", 6, "amount", "one", "is no decimal(18,4), such as 1234.56"),
            (row.GetProperty("file").GetString(), row.GetProperty("position").GetInt32(), row.GetProperty("column").GetString(), row.GetProperty("value").GetString(), row.GetProperty("reason").GetString()));
        Assert.Contains("is no decimal(18,4), such as 1234.56", shown.Output, StringComparison.Ordinal);
        Assert.Contains("file.order_line", listed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense'")]
    [InlineData("quarantine", "`cco quarantine --help`")]
    [InlineData("run --as-of yesterday", "'yesterday' is not a day such as 2026-03-31.")]
    [InlineData("run --as-of 03/31/2026", "'03/31/2026' is not a day such as 2026-03-31.")]
    [InlineData("run --only everything", "'everything'")]
    [InlineData("run --buckets 0", "Buckets")]
    [InlineData("sample --customers many", "'many' is not a whole number such as 12.")]
    [InlineData("template nothing", "There is no entity 'nothing'. There are: order_line.")]
    [InlineData("drop nothing x.csv", "There is no table 'nothing'. There are: order_line.")]
    [InlineData("lineage nothing", "nothing")]
    [InlineData("explain mrr 2025-12", "There is no KPI 'mrr': these models have none.")]
    [InlineData("explain mrr", "Required argument 'period' missing")]
    public async Task A_call_that_makes_no_sense_ends_with_2_and_says_what_would(string arguments, string reason)
    {
        var result = await installation.CallAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_ends_with_2_and_is_named()
    {
        using var wrong = new Installation();
        wrong.Write("cco.settings.json", """{ "Kpis": { "FiscalYearFirstMonth": 13 } }""");
        var outOfRange = await wrong.CallAsync("status");
        wrong.Write("cco.settings.json", """{ "Kpis": { "FiscalYear": 1 } }""");
        var unknown = await wrong.CallAsync("status");

        Assert.Equal((2, 2), (outOfRange.Code, unknown.Code));
        Assert.Contains("FiscalYearFirstMonth", outOfRange.Errors, StringComparison.Ordinal);
        Assert.Contains("FiscalYear", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "nonsense", "query", "select nonsense")]
    [InlineData(2, "nothing", "template", "nothing")]
    [InlineData(2, "yesterday", "run", "--as-of", "yesterday")]
    public async Task An_error_is_json_too_where_json_is_asked_for(int code, string reason, params string[] arguments)
    {
        var result = await installation.CallAsync([.. arguments, "--json"]);

        Assert.Equal((code, ""), (result.Code, result.Errors));
        Assert.Equal(code, result.Json().GetProperty("exit_code").GetInt32());
        Assert.Contains(reason, result.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
