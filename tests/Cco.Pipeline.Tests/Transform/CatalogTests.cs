using System.Text.RegularExpressions;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

public sealed partial class CatalogTests : IDisposable
{
    private readonly Company company = new();

    [Fact]
    public void The_delivered_models_fit_together() => Assert.NotEmpty(CatalogReader.Read(new TransformOptions()).Entities);

    [Fact]
    public void Comments_are_those_that_the_engine_reads()
    {
        var catalog = CatalogReader.Read(new TransformOptions());
        var entities = catalog.Entities.Values;
        using var engine = Engine.Open(new TransformOptions());
        engine.SetVariables(new KpiOptions().Variables(new DateOnly(2026, 1, 1)));
        using var session = engine.Session();
        catalog.Define(session);
        entities.ToList().ForEach(entity => session.Execute(entity.Text, TestContext.Current.CancellationToken));

        Assert.Equal(
            session.Query(
                "select comment from duckdb_columns() where schema_name = 'conformed' order by table_name, column_index",
                reader => reader.GetString(0),
                TestContext.Current.CancellationToken),
            entities.OrderBy(entity => entity.File, StringComparer.Ordinal).SelectMany(entity => entity.Columns.Select(column => column.Comment)));
    }

    [Fact]
    public void Every_decision_that_a_model_names_is_a_paragraph_of_DECISIONS()
    {
        var paragraphs = DecisionTitle().Matches(Repository.Text("transforms/DECISIONS.md")).Select(match => match.Groups["title"].Value).ToList();
        var named = Repository.Files("transforms/models", "*.sql").SelectMany(file =>
            DecisionName().Matches(string.Join('\n', File.ReadLines(Repository.Path(file)).TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal))))
                .Select(match => match.Groups["title"].Value));

        Assert.Empty(named.Except(paragraphs, StringComparer.Ordinal));
        Assert.Distinct(paragraphs);
    }

    [Fact]
    public void A_file_of_macros_may_use_those_of_a_later_one()
    {
        company.Write("a_macros.sql", "create macro twice(x) as 2 * once(x);");
        company.Write("b_macros.sql", "create macro once(x) as x;");

        Assert.Equal(["create macro once(x) as x;", "create macro twice(x) as 2 * once(x);"], CatalogReader.Read(company.Transform).Macros);
    }

    [Fact]
    public void A_file_of_macros_that_is_wrong_says_what_is_wrong_and_not_what_came_before_it()
    {
        company.Write("a_macros.sql", "create macro once(x) as x;\ncreate macro twice(x) as nowhere_to_be_found(x);");
        company.Write("b_macros.sql", "create macro other(x) as x;");

        var refusal = Refusal();

        Assert.Contains("a_macros.sql", refusal, StringComparison.Ordinal);
        Assert.Contains("nowhere_to_be_found", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("already exists", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_that_read_each_other_are_refused_with_the_circle()
    {
        company.Write("models/intermediate/int_a.sql", "-- Grain: x\nselect * from int_b");
        company.Write("models/intermediate/int_b.sql", "-- Grain: x\nselect * from int_c");
        company.Write("models/intermediate/int_c.sql", "-- Grain: x\nselect * from int_a");

        Assert.Contains("int_a -> int_b -> int_c -> int_a", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from nowhere", "there is no model or seed 'nowhere'")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from order_lines", "did you mean 'order_line'?")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from fct_order", "a model of intermediate does not read 'fct_order' of marts")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from raw.shop__order", "only staging models read raw data")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from staged.order_line", "only conformed models read 'staged.order_line'")]
    [InlineData("models/intermediate/int_a.sql", "select 1", "its first line must be '-- Grain: one row per ...'")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\n-- Scope: planet\nselect 1", "neither customer nor company")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\n-- Procedure: magic\nselect 1", "there is no procedure 'magic'; there are purchase_fit, purchase_forecast")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\n-- Procedure: purchase_fit\nselect 1", "a model with a procedure has a contract beside it")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect now()", "'now' makes the result depend on more than its inputs")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect * from read_csv('/etc/passwd')", "'read_csv' makes the result depend")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect 1,, 2", "models/intermediate/int_a.sql:2:10: syntax error at or near \",\"\n    select 1,, 2")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nselect 1; select 2", "a file holds exactly one select")]
    [InlineData("models/intermediate/int_a.sql", "-- Grain: x\nwith order_line as (select 1) select * from order_line", "the CTE 'order_line' takes the name of a model")]
    [InlineData("models/marts/fct_a.sql", "-- Grain: x\nselect 1 as a", "a mart has a contract beside it")]
    [InlineData("models/staging/shop/stg_shop__nothing.sql", "-- Grain: x\nselect * from raw.shop__order", "there is no conformed entity 'nothing'")]
    [InlineData("models/staging/shop/stg_shop__order_line.sql", "-- Grain: x\nselect * from raw.shop__a join raw.shop__b using (x)", "reads exactly one raw stream")]
    [InlineData("models/fct_a.sql", "-- Grain: x\nselect 1", "models stand in models/staging")]
    [InlineData("models/conformed/thing.contract.sql", "create table conformed.thing (a varchar)", "the column 'a' has no comment")]
    [InlineData(
        "models/conformed/thing.contract.sql",
        "create table conformed.thing (a varchar);\ncomment on column conformed.thing.b is 'x';",
        "thing.contract.sql:2:1: there is no 'conformed.thing.b' to comment on")]
    [InlineData(
        "models/conformed/thing.contract.sql",
        "create table conformed.thing (a varchar);\ncomment on column conformed.thing.a is $$x$$;",
        "thing.contract.sql:2:1: a comment is written as")]
    [InlineData("models/conformed/thing.contract.sql", "create table conformed.thing (a nonsense)", "models/conformed/thing.contract.sql")]
    [InlineData("seeds/thing.csv", "a,b\n1,2\n", "a seed needs its contract")]
    [InlineData("kpis.yaml", "- name: a\n  colour: red\n", "kpis.yaml:2")]
    [InlineData("kpis.yaml", "- name: a\n- name: a\n", "the KPI 'a' is there twice")]
    [InlineData("kpis.yaml", "- name: a\n  model: fct_nothing\n", "the KPI 'a': there is no mart 'fct_nothing'")]
    [InlineData("kpis.yaml", "- name: a\n  model: fct_order\n  columns: [price]\n", "the KPI 'a': 'fct_order' has no column 'price'")]
    [InlineData("kpis.yaml", "- name: a\n  unit: pounds\n", "its unit is one of ratio, points, money, count, days, score, not 'pounds'")]
    [InlineData("kpis.yaml", "- name: a\n  target_period: week\n", "its target_period is one of month, quarter, fiscal_year, trailing_12_months, not 'week'")]
    public void A_file_that_does_not_fit_is_refused_with_the_reason(string file, string text, string reason)
    {
        company.Write(file, text);

        Assert.Contains(reason, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_named_at_once()
    {
        company.Write("models/intermediate/int_a.sql", "-- Grain: x\nselect * from nowhere");
        company.Write("models/intermediate/int_b.sql", "-- Grain: x\nselect 1 from");

        var refused = Assert.Throws<TransformException>(() => CatalogReader.Read(company.Transform));

        Assert.Equal(2, refused.Problems.Count);
    }

    [Fact]
    public void A_model_that_cannot_be_read_is_not_missing_from_its_contract_and_its_readers()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: x\nselect 1 from");
        company.Write("models/marts/fct_day.sql", "-- Grain: x\nselect 1 as a from fct_order");
        company.Write("models/marts/fct_day.contract.sql", "create table marts.fct_day (a integer); comment on table marts.fct_day is 'x'; comment on column marts.fct_day.a is 'x';");

        var refused = Assert.Throws<TransformException>(() => CatalogReader.Read(company.Transform));

        Assert.Equal("models/marts/fct_order.sql", Assert.Single(refused.Problems).File);
    }

    public void Dispose() => company.Dispose();

    [GeneratedRegex(@"^\*\*(?<title>[^*]+)\*\* \(\d{4}-\d\d-\d\d\)\.", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex DecisionTitle();

    [GeneratedRegex("\"(?<title>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecisionName();

    private string Refusal() => Assert.Throws<TransformException>(() => CatalogReader.Read(company.Transform)).Message;
}
