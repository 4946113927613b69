using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class TableHeaderTests
{
    private static readonly LandingTable Mapped = Drop.Table(new LandingColumns(
        required: ["customer_id", "name"],
        recordId: ["customer_id"],
        mapping: new Dictionary<string, string>(StringComparer.Ordinal) { ["Customer No."] = "customer_id" }));

    [Fact]
    public async Task Headers_are_trimmed_and_mapped_and_unknown_columns_are_kept()
    {
        var drop = await Drop.ReadAsync("\uFEFF Customer No. , name,Other\n1,a,x\n", Mapped);

        Assert.Equal(["""{"customer_id":"1","name":"a","Other":"x"}"""], drop.Payloads);
    }

    [Fact]
    public async Task A_missing_column_fails_the_file_and_lists_what_there_is()
    {
        var failure = await Drop.FailureAsync("Customer No.,city\n1,a\n", Mapped);

        Assert.Equal(
            "customers.csv: there is no column 'name'. The file has: 'Customer No.', 'city'. "
            + "Add it, or map a column to it in landing/customers.yaml (columns: { \"Header\": name }).",
            failure);
    }

    [Fact]
    public async Task A_column_that_differs_in_case_spaces_or_underscores_is_suggested_and_not_taken()
    {
        var failure = await Drop.FailureAsync("Customer ID,NAME\n1,a\n", Mapped);

        Assert.Contains("no column 'customer_id', 'name'", failure, StringComparison.Ordinal);
        Assert.Contains("""columns: { "Customer ID": customer_id, "NAME": name }""", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_columns_where_five_are_needed_name_the_two()
    {
        var failure = await Drop.FailureAsync("a,b,c\n1,2,3\n", Drop.Table(new LandingColumns(required: ["a", "b", "c", "d", "e"])));

        Assert.Contains("there is no column 'd', 'e'. The file has: 'a', 'b', 'c'.", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,name,id\n")]
    [InlineData("id,name, id \n")]
    public async Task Two_columns_of_one_name_fail_the_file(string text)
    {
        var failure = await Drop.FailureAsync(text);

        Assert.Contains("two columns are called 'id': numbers 1 ('id') and 3 ('id')", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapped_column_that_is_there_already_fails_the_file()
    {
        var failure = await Drop.FailureAsync("customer_id,Customer No.,name\n", Mapped);

        Assert.Contains("two columns are called 'customer_id': numbers 1 ('customer_id') and 2 ('Customer No.')", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_without_a_name_are_called_by_their_number()
    {
        var drop = await Drop.ReadAsync("id,,name\n1,x,a\n");

        Assert.Equal(["""{"id":"1","column_2":"x","name":"a"}"""], drop.Payloads);
    }

    [Fact]
    public async Task A_delimiter_at_the_end_of_the_header_may_be_missing_below_it()
    {
        var drop = await Drop.ReadAsync("id,name,\n1,a,\n2,b\n3,c,x\n");

        Assert.Equal(["""{"id":"1","name":"a"}""", """{"id":"2","name":"b"}""", """{"id":"3","name":"c","column_3":"x"}"""], drop.Payloads);
        Assert.Empty(drop.Rejected);
    }

    [Fact]
    public async Task The_columns_of_the_record_id_and_the_named_time_of_change_are_required()
    {
        var failure = await Drop.FailureAsync("a\n1\n", Drop.Table(new LandingColumns(recordId: ["id"], updatedAt: "ModifiedOn")));

        Assert.Contains("there is no column 'id', 'ModifiedOn'", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_or_longer_names_than_a_table_has_are_refused()
    {
        var many = await Drop.FailureAsync(string.Join(',', Enumerable.Range(0, 10_001).Select(column => $"c{column}")) + "\n");
        var wide = await Drop.FailureAsync(new string('x', 1_001) + ",id\n1,1\n");

        Assert.Contains("it has 10,001 columns", many, StringComparison.Ordinal);
        Assert.Contains("the longest name of them with 1,001 characters", wide, StringComparison.Ordinal);
    }
}
