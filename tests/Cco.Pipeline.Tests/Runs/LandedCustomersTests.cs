using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>Whose numbers records may have changed: customers as they were when a run published, and as they are.</summary>
public sealed class LandedCustomersTests : IDisposable
{
    private readonly Engine before = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
    private readonly Engine after = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });

    public void Dispose()
    {
        before.Dispose();
        after.Dispose();
    }

    [Fact]
    public void What_two_customers_had_that_have_become_one_is_its_own()
    {
        var found = Find(new() { ["a"] = ("a", "a"), ["b"] = ("b", "b"), ["c"] = ("c", "c") }, new() { ["a"] = ("a", "a"), ["b"] = ("a", "a"), ["c"] = ("c", "c") }, ["b"]);

        Assert.Equal("a | a of a, b of a | a of a | all", found);
    }

    [Fact]
    public void A_record_that_parts_a_customer_from_another_is_about_both()
    {
        var found = Find(new() { ["a"] = ("a", "a"), ["b"] = ("a", "a") }, new() { ["a"] = ("a", "a"), ["b"] = ("b", "b") }, ["b"]);

        Assert.Equal("a, b | a of a | a of a, b of b | all", found);
    }

    [Fact]
    public void What_an_acquired_customer_had_is_that_of_whoever_has_it_now()
    {
        var found = Find(new() { ["a"] = ("a", "a"), ["b"] = ("b", "b") }, new() { ["a"] = ("a", "a"), ["b"] = ("b", "a") }, ["b"], "('b', 'b'), ('b', 'a')");

        Assert.Equal("a | a of a, b of a | a of a, b of a | all", found);
    }

    [Fact]
    public void A_customer_that_is_not_known_is_none()
    {
        var found = Find(new() { ["a"] = ("a", "a") }, new() { ["a"] = ("a", "a") }, ["nobody"]);

        Assert.Equal("none |  |  | all", found);
    }

    [Fact]
    public void Of_more_customers_than_can_be_looked_at_it_says_so()
    {
        var found = Find(new() { ["a"] = ("a", "a"), ["b"] = ("b", "b") }, new() { ["a"] = ("a", "a"), ["b"] = ("b", "b") }, ["a", "b"], periods: 1_000_001);

        Assert.Equal("a, b | a of a | a of a | some", found);
    }

    /// <summary>Finds the customers of records.</summary>
    /// <param name="then">The key of each customer id when the run published, by itself and with acquisitions.</param>
    /// <param name="now">The same now.</param>
    /// <param name="records">The customer ids that a record each is about.</param>
    /// <param name="holders">Who has acquired customers now: their own key and the holder's.</param>
    /// <param name="periods">How many periods differ.</param>
    /// <returns>The customers, the keys that they had and have, each with the customer of now, and whether these are all or some.</returns>
    private string Find(
        Dictionary<string, (string Own, string Held)> then, Dictionary<string, (string Own, string Held)> now, string[] records, string? holders = null, int periods = 1)
    {
        using var reported = before.Session();
        using var restated = after.Session();
        Identify(reported, then);
        Identify(restated, now);
        restated.Execute(
            $"""
            create table int_customer_holder as
            select * from (values {holders ?? "(null, null)"}) as holders (own_customer_key, customer_key) where own_customer_key is not null;
            create temp table restated as select 'mrr' as kpi, 'month' as period_type, unnest(range({periods})) as period_start;
            create temp table landed_record as
            select row_number() over () as landed_id, false as concerns_all, [{"{"}'source': 'file', 'customer_id': id{"}"}] as customers, null::varchar as matched_key
            from (select unnest([{string.Join(", ", records.Select(Sql.Text))}]) as id);
            """);

        var isPartial = new LandedCustomers(reported, restated, after.Scratch).Find(TestContext.Current.CancellationToken);

        string Texts(string sql) => string.Join(", ", restated.Query(sql, reader => reader.GetString(0), TestContext.Current.CancellationToken));
        string Keys(string run) => Texts($"select customer_key || ' of ' || customer_key_now from {Sql.Parquet([RestatedParts.Concerned(after.Scratch, run)])} order by 1");
        var customers = Texts("select distinct coalesce(customer_key, 'none') from landed_customer order by 1");
        return $"{customers} | {Keys(LandedCustomers.Reported)} | {Keys(LandedCustomers.Restated)} | {(isPartial ? "some" : "all")}";
    }

    private static void Identify(EngineSession session, Dictionary<string, (string Own, string Held)> customers) => session.Execute(
        $"""
        create table int_customer_identity (source varchar, customer_id varchar, own_customer_key varchar, customer_key varchar);
        insert into int_customer_identity values {string.Join(", ", customers.Select(customer => $"('file', '{customer.Key}', '{customer.Value.Own}', '{customer.Value.Held}')"))}
        """);
}
