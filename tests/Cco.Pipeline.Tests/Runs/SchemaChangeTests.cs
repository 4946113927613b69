namespace Cco.Pipeline.Tests.Runs;

public sealed class SchemaChangeTests : IDisposable
{
    private const string Mart = "transforms/models/marts/pipeline/fct_schema_change";

    private readonly Company company = new();

    public SchemaChangeTests()
    {
        company.Write("models/marts/fct_schema_change.sql", Repository.Text(Mart + ".sql"));
        company.Write("models/marts/fct_schema_change.contract.sql", Repository.Text(Mart + ".contract.sql"));
        company.Write("audits/schema_changes_are_all_there.sql", Repository.Text("transforms/audits/schema_changes_are_all_there.sql"));
    }

    public void Dispose() => company.Dispose();

    [Fact]
    public async Task New_retyped_and_vanished_fields_of_dropped_files_are_told_of_and_break_nothing()
    {
        await company.DropAsync("order_line", "a.json", Orders(0, order => $"{{\"order_id\":\"{order}\",\"customer_key\":\"c\",\"amount\":1,\"shop\":{{\"city\":\"x\"}}}}"));
        await company.RunAsync();
        await company.DropAsync("order_line", "b.json", Orders(20, order => $"{{\"order_id\":\"{order}\",\"customer_key\":\"c\",\"amount\":\"2\",\"coupon\":true}}"));

        var report = await company.RunAsync();

        Assert.Null(report.Error);
        Assert.Equal(
            ["amount|retyped|text|number|20", "coupon|new|boolean||20", "shop|vanished|object|object|20"],
            await company.QueryAsync("select field, change, field_type, earlier_types, record_count from fct_schema_change order by all"));
        Assert.Equal(["40"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_column_that_an_entity_needs_is_missed_in_its_file_and_the_others_land()
    {
        await company.DropAsync("order_line", "a.csv", "order_id,customer_key\n1,c\n");
        await company.RunAsync();
        await company.DropAsync("order_line", "b.csv", "order_id,who\n2,c\n");
        await company.DropAsync("order_line", "c.csv", "order_id,customer_key,note\n3,c,x\n");

        var report = await company.RunAsync();

        Assert.Equal((1, true), (report.FailedFiles, report.Published));
        Assert.Equal(["note|new"], await company.QueryAsync("select field, change from fct_schema_change"));
    }

    [Fact]
    public async Task A_run_with_nothing_new_looks_at_no_file_again()
    {
        await company.DropAsync("order_line", "a.csv", "order_id,customer_key\n1,c\n");
        await company.RunAsync();

        var report = await company.RunAsync();

        Assert.Equal(Cco.Pipeline.Transform.BuildOutcome.Unchanged, Assert.Single(report.Models, model => model.Name == "fct_schema_change").Outcome);
    }

    private static string Orders(int first, Func<int, string> order) => string.Join('\n', Enumerable.Range(first, 20).Select(order));
}
