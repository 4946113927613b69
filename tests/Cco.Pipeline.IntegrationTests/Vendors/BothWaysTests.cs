namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The company is the same whichever way it comes.</summary>
public sealed class BothWaysTests(BothWays ways) : IClassFixture<BothWays>
{
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "transforms", "models");

    /// <summary>What a mart says of the run itself.</summary>
    private static readonly Dictionary<string, string[]> OfTheRun = new(StringComparer.Ordinal)
    {
        ["fct_quarantine"] = ["last_run_id", "first_rejected_at", "last_rejected_at"],
    };

    /// <summary>The conformed entities that come over an API, with the source that it is.</summary>
    public static TheoryData<string, string> Served() => new()
    {
        { "exchange_rate", "ecb" },
        { "customer", "stripe" },
        { "product", "stripe" },
        { "plan", "stripe" },
        { "subscription_item", "stripe" },
        { "invoice_line", "stripe" },
        { "credit_note", "stripe" },
        { "customer", "zendesk" },
        { "contact", "zendesk" },
        { "employee", "zendesk" },
        { "ticket", "zendesk" },
        { "ticket_event", "zendesk" },
        { "survey_invitation", "zendesk" },
        { "survey_response", "zendesk" },
        { "contact", "qualtrics" },
        { "survey_invitation", "qualtrics" },
        { "survey_response", "qualtrics" },
    };

    public static TheoryData<string> Marts() => [.. Names("marts")];

    [Theory]
    [MemberData(nameof(Marts))]
    public void A_mart_has_the_same_rows(string mart)
    {
        var (api, files) = ways.Mart(mart);
        var columns = OfTheRun.TryGetValue(mart, out var excluded) ? $"* exclude ({string.Join(", ", excluded)})" : "*";

        Assert.Empty(Difference($"select {columns} from {api}", $"select {columns} from {files}"));
    }

    [Fact]
    public void The_marts_are_not_empty()
    {
        var empty = Names("marts").Where(mart => Duck.Query($"select count(*) from {ways.Mart(mart).Api}") is ["0"]);

        // Runs and their loads are told of by the next run, corrections where there was something to correct, and a field changes after the first run.
        Assert.Equal(["fct_kpi_restatement", "fct_kpi_restatement_record", "fct_pipeline_run", "fct_schema_change", "fct_stream_load"], empty);
    }

    /// <summary>
    /// Not every vendor says when a record changed last, and what Stripe's lists tell is the state at the time of reading: after the end of the history
    /// a version more of what has a history, which tells nothing new.
    /// </summary>
    [Fact]
    public void The_conformed_entities_have_the_same_rows()
    {
        var differences = ways.Entities.SelectMany(entity => Difference(Rows(ways.Conformed(entity).Api), Rows(ways.Conformed(entity).Files)).Select(row => $"{entity} {row}"));

        Assert.True(ways.Entities.Count > 20, $"{ways.Entities.Count}");
        Assert.Empty(differences);

        static string Rows(string table)
        {
            var columns = Duck.Query($"select column_name from (describe from {table})");
            var excluded = columns.Intersect(["origin", "updated_at"], StringComparer.Ordinal);
            return $"select * exclude ({string.Join(", ", excluded)}) from {table} {(columns.Contains("valid_from") ? "where valid_from < '2026-01-01'" : "")}";
        }
    }

    [Theory]
    [MemberData(nameof(Served))]
    public void What_a_vendor_can_say_comes_over_its_API(string entity, string source)
    {
        var origins = Duck.Query($"select distinct split_part(origin.stream, '.', 1) from {ways.Conformed(entity).Api} where source = '{source}'");

        Assert.Equal([source], origins);
    }

    private static IEnumerable<string> Names(string layer) =>
        Directory.EnumerateFiles(Path.Combine(Models, layer), "*.contract.sql", SearchOption.AllDirectories).Select(file => Path.GetFileName(file).Replace(".contract.sql", "", StringComparison.Ordinal)).Order();

    /// <summary>Some rows that only one of two selects gives, each with a sign of which.</summary>
    private static IReadOnlyList<string> Difference(string api, string files) => Duck.Query(
        $"""
        select '-' as sign, to_json(row) from (({files}) except all ({api})) as row
        union all
        select '+', to_json(row) from (({api}) except all ({files})) as row
        order by all
        limit 6
        """);
}
