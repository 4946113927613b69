using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>Records that landed after the run <c>r1</c>, of which the raw file <c>new</c> is.</summary>
public sealed class LandedRecordsTests : IDisposable
{
    private readonly Engine engine = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
    private readonly EngineSession session;

    public LandedRecordsTests() => session = engine.Session();

    public void Dispose()
    {
        session.Dispose();
        engine.Dispose();
    }

    [Fact]
    public void What_says_nothing_new_is_not_found_and_what_does_is()
    {
        Before("payment", "'p1' as payment_id, 'a' as customer_id, 10 as amount", "'p2' as payment_id, 'a' as customer_id, 10 as amount");
        Now("payment", "'p1' as payment_id, 'a' as customer_id, 10 as amount, timestamp '2026-01-01' as updated_at", "'p2' as payment_id, 'a' as customer_id, 11 as amount", "'p3' as payment_id, 'b' as customer_id, 12 as amount");

        Assert.Equal(["new|p2|false|a,a", "new|p3|false|b"], Found("payment"));
    }

    [Fact]
    public void A_record_that_went_to_another_customer_is_about_both()
    {
        Before("payment", "'p1' as payment_id, 'a' as customer_id");
        Now("payment", "'p1' as payment_id, 'b' as customer_id");

        Assert.Equal(["new|p1|false|a,b"], Found("payment"));
    }

    [Fact]
    public void A_record_that_names_no_customer_is_about_that_of_what_it_names()
    {
        Before("discount");
        Now("subscription_item", "'i1' as subscription_item_id, 's1' as subscription_id, 'a' as customer_id");
        Now("discount", "'d1' as discount_id, 'i1' as subscription_item_id", "'d2' as discount_id, 's1' as subscription_id", "'d3' as discount_id, 'b' as customer_id, 'i1' as subscription_item_id");

        Assert.Equal(["new|d1|false|a", "new|d2|false|a", "new|d3|false|b"], Found("discount"));
    }

    [Fact]
    public void A_link_is_about_a_customer_of_each_source()
    {
        Before("customer_link");
        Now("customer_link", "'a' as customer_id, 'stripe' as linked_source, 'b' as linked_customer_id");

        var customers = session.Query(
            $"select (unnest(customers)).source || ':' || (unnest(customers)).customer_id from ({Select("customer_link")}) order by 1", reader => reader.GetString(0), TestContext.Current.CancellationToken);

        Assert.Equal(["file:a", "stripe:b"], customers);
    }

    [Fact]
    public void A_deletion_is_found_where_it_lies()
    {
        Before("payment", "'p1' as payment_id, 'a' as customer_id");
        Now("payment", "'p1' as payment_id, 'a' as customer_id, timestamp '2026-01-02' as deleted_at, 'r1' as run_id, 'old' as raw_file");
        Land("payment", "'p1' as payment_id, true as is_deleted");

        Assert.Equal(["new|p1|false|a,a"], Found("payment"));
    }

    [Fact]
    public void What_its_record_leaves_out_is_found_where_it_does()
    {
        const string First = "'s1' as record, 'a' as customer_id";
        const string Taken = "timestamp '2026-01-02'";
        Before("discount", $"'d1' as discount_id, {First}", $"'d2' as discount_id, {First}");
        Now("discount", $"'d1' as discount_id, {First}, 'r1' as run_id", $"'d2' as discount_id, {First}, {Taken} as deleted_at, 'r1' as run_id, 'old' as raw_file");
        Land("discount", $"'d1' as discount_id, {First}, {Taken} as landed_at", $"'d3' as discount_id, {First}, {Taken} as landed_at");

        Assert.Equal(["new|s1|false|a,a"], Found("discount"));
    }

    [Fact]
    public void What_is_of_no_customer_concerns_all()
    {
        Before("exchange_rate");
        Now("exchange_rate", "'EUR' as from_currency, 'USD' as to_currency, date '2026-01-01' as rate_date, 1.1 as rate");

        Assert.Equal(["new||true|"], Found("exchange_rate"));
    }

    /// <summary>The entity as the run had it.</summary>
    private void Before(string entity, params string[] rows) => Table($"reported_{entity}", entity, rows);

    /// <summary>The entity as it is now; its records lie in the new raw file, if nothing else is said.</summary>
    private void Now(string entity, params string[] rows) => Table($"staged.{entity}", entity, rows);

    /// <summary>The typed copy of the new raw file; empty, if nothing else is said.</summary>
    private void Land(string entity, params string[] rows)
    {
        Table($"landed_{entity}", entity, rows);
        session.Execute($"copy landed_{entity} to {Sql.Text(Landed(entity))} (format parquet)");
    }

    private string Landed(string entity) => engine.Scratch.File($"{entity}.parquet");

    private void Table(string name, string entity, string[] rows)
    {
        var columns = ModelWorld.Catalog.Entities[entity].Columns;
        session.Execute(
            $"""
            create table {name} (
                {string.Join(", ", columns.Select(column => $"{Sql.Name(column.Name)} {column.Type}{(column.Name == "source" ? " default 'file'" : "")}"))},
                run_id varchar default 'r2',
                raw_file varchar default 'new',
                is_deleted boolean default false,
                landed_at timestamp,
                record varchar,
                origin struct(
                    stream varchar, "file" varchar, raw_file varchar, "position" bigint, record_id varchar, updated_at timestamp, extracted_at timestamp,
                    run_id varchar, is_deleted boolean)
            )
            """);
        foreach (var row in rows)
        {
            session.Execute($"insert into {name} by name select {row}");
        }

        var id = columns.Any(column => column.Name == $"{entity}_id") ? $"{entity}_id" : "''";
        session.Execute(
            $"""
            update {name}
            set origin = {"{"}
                'stream': 'file.{entity}', 'file': 'new.csv', 'raw_file': raw_file, 'position': 1, 'record_id': coalesce(record, {id}), 'updated_at': landed_at,
                'extracted_at': landed_at, 'run_id': run_id, 'is_deleted': is_deleted{"}"}
            """);
    }

    private string Select(string entity)
    {
        if (!File.Exists(Landed(entity)))
        {
            Land(entity);
        }

        return new LandedRecords(ModelWorld.Catalog.Entities, "r1").Select(entity, $"reported_{entity}", [Landed(entity)]);
    }

    /// <summary>Each record's raw file and id, whether it concerns all, and the customers it is about.</summary>
    private List<string> Found(string entity)
    {
        foreach (var linked in new LandedRecords(ModelWorld.Catalog.Entities, "r1").Read(entity).Where(linked => session.Scalar<long>($"select count(*) from duckdb_tables() where schema_name = 'staged' and table_name = '{linked}'") == 0))
        {
            Now(linked);
        }

        return session.Query(
            $"""
            select concat_ws('|', raw_file, record_id, concerns_all, array_to_string(list_sort(list_transform(customers, lambda customer: customer.customer_id)), ','))
            from ({Select(entity)})
            order by all
            """,
            reader => reader.GetString(0),
            TestContext.Current.CancellationToken);
    }
}
