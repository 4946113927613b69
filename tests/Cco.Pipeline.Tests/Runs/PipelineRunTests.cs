using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

public sealed class PipelineRunTests : IDisposable
{
    private const string Orders =
        """
        order_id,customer_key,amount,ordered_date,extra
        o1,a,10.5,2025-01-31,kept
        o2,a,4.5,2025-02-28,
        o3,b,7,2025-03-01,
        """;

    private readonly Company company = new();

    [Fact]
    public async Task Dropped_files_become_published_marts()
    {
        await company.DropAsync("order_line", "orders.csv", Orders);

        var report = await company.RunAsync();

        Assert.Null(report.Error);
        Assert.Equal(["o1|10.5000", "o2|15.0000", "o3|7.0000"], await company.QueryAsync("select order_id, running_amount from fct_order order by 1"));
    }

    [Fact]
    public async Task The_same_bytes_land_once()
    {
        await company.DropAsync("order_line", "orders.csv", Orders);
        await company.RunAsync();
        await company.DropAsync("order_line", "again.csv", Orders);

        var report = await company.RunAsync();

        Assert.Equal(FileOutcome.Duplicate, Assert.Single(report.Files).Outcome);
        Assert.Equal(["3"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_second_run_with_nothing_new_builds_no_model_of_the_company_again()
    {
        await company.DropAsync("order_line", "orders.csv", Orders);
        await company.RunAsync();

        var report = await company.RunAsync();

        Assert.Equal(BuildOutcome.Unchanged, Assert.Single(report.Models, model => model.Name == "fct_order").Outcome);
    }

    [Fact]
    public async Task Rows_that_an_entity_checks_by_a_setting_are_checked_anew_when_it_changes()
    {
        company.Write("macros.sql", "create macro is_recent(day) as date '2026-01-01' - day <= getvariable('dunning_days');");
        company.Write("models/conformed/order_line.contract.sql", Company.OrderContract.Replace(
            "ordered_date date", "ordered_date date check (is_recent(ordered_date))", StringComparison.Ordinal));
        await company.DropAsync("order_line", "orders.csv", "order_id,customer_key,ordered_date\no1,a,2025-12-31\no2,a,2025-12-12\n");
        Assert.Null((await company.RunAsync()).Error);
        Assert.Equal(["o1", "o2"], await company.QueryAsync("select order_id from fct_order order by 1"));

        company.Kpis.DunningDays = 10;
        await company.RunAsync();

        Assert.Equal(["o1"], await company.QueryAsync("select order_id from fct_order"));
    }

    [Fact]
    public async Task A_mart_that_is_checked_by_a_setting_is_checked_anew_when_it_changes()
    {
        company.Write("macros.sql", "create macro highest_amount() as getvariable('dunning_days');");
        company.Write("models/marts/fct_order.contract.sql", Company.FactContract.Replace(
            "running_amount decimal(18, 4)", "running_amount decimal(18, 4) check (running_amount <= highest_amount())", StringComparison.Ordinal));
        await company.DropAsync("order_line", "orders.csv", Orders);
        Assert.Null((await company.RunAsync()).Error);

        company.Kpis.DunningDays = 10;
        var report = await company.RunAsync();

        Assert.Contains("highest_amount()", Assert.Single(report.Models, model => model.Name == "fct_order").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_version_of_a_record_counts_whatever_order_the_files_come_in()
    {
        await company.DropAsync("order_line", "a.csv", "order_id,customer_key,amount,updated_at\no1,a,3,2025-03-01\n");
        await company.DropAsync("order_line", "b.csv", "order_id,customer_key,amount,updated_at\no1,a,2,2025-02-01\no1,a,1,2025-01-01\n");

        await company.RunAsync();

        Assert.Equal(["3.0000"], await company.QueryAsync("select amount from fct_order"));
    }

    [Fact]
    public async Task Records_of_two_sources_with_one_id_are_two_records()
    {
        await company.DropAsync("order_line", "a.csv", "source,order_id,customer_key\ncrm,o1,a\nshop,o1,b\n");

        await company.RunAsync();

        Assert.Equal(["2"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_bad_row_goes_to_quarantine_with_every_reason_and_the_rest_lands()
    {
        await company.DropAsync("order_line", "bad.csv", "order_id,customer_key,amount,ordered_date\no1,a,\"1.234,56\",2025-02-30\no2,,1,\no3,b,-1,\no4,b,5,2025-01-01\n");

        await company.RunAsync();

        var rows = await new Quarantine(company.Lake).RowsAsync("file.order_line", TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "bad.csv:2 amount='1.234,56' is no decimal(18,4), such as 1234.56",
                "bad.csv:2 ordered_date='2025-02-30' is no date, such as 2026-03-31",
                "bad.csv:3 customer_key='' must have a value",
                "bad.csv:4 amount='-1.0000' must fulfil (amount >= 0)",
            ],
            rows.Select(row => $"{row.File}:{row.Position} {row.Column}='{row.Value}' {row.Reason}"));
        Assert.Equal(["o4"], await company.QueryAsync("select order_id from fct_order"));
    }

    [Fact]
    public async Task A_file_without_a_required_column_fails_with_its_reason_beside_it()
    {
        await company.DropAsync("order_line", "bad.csv", "order_id,amount\no1,1\n");

        var report = await company.RunAsync();

        Assert.Contains("'customer_key'", Assert.Single(report.Files).Reason, StringComparison.Ordinal);
        var failed = Assert.Single(await new Quarantine(company.Lake).FailedFilesAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'customer_key'", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_put_back_replaces_none_that_waits_under_its_name()
    {
        await company.DropAsync("order_line", "orders.csv", "order_id,amount\no1,1\n");
        await company.RunAsync();
        await company.DropAsync("order_line", "orders.csv", Orders);

        var waiting = Assert.Single(await new Quarantine(company.Lake).RetryAsync(TestContext.Current.CancellationToken));
        var report = await company.RunAsync();

        Assert.Matches("^landing/order_line/.+/orders.csv$", waiting);
        Assert.Equal([FileOutcome.Failed, FileOutcome.Landed], report.Files.Select(file => file.Outcome).Order().Reverse());
        Assert.Equal(["3"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_failing_audit_keeps_the_marts_of_the_run_before_and_shows_the_rows()
    {
        await company.DropAsync("order_line", "orders.csv", Orders);
        await company.RunAsync();
        company.Write("audits/orders_are_small.sql", "select order_id, amount from fct_order where amount > 100");
        await company.DropAsync("order_line", "big.csv", "order_id,customer_key,amount\no9,a,1000\n");

        var report = await company.RunAsync();

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Contains("\"order_id\":\"o9\"", Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error, StringComparison.Ordinal);
        Assert.Equal(["3"], await company.QueryAsync("select count(*) from fct_order"));
    }

    [Fact]
    public async Task A_contract_mismatch_is_shown_column_by_column()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect customer_key, order_id, amount::double as amount, amount as running from order_line");

        var report = await company.RunAsync();

        var error = Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error;
        Assert.Contains("column 3: the contract says amount DECIMAL(18,4), the model gives amount DOUBLE", error, StringComparison.Ordinal);
        Assert.Contains("column 4: the contract says running_amount DECIMAL(18,4), the model gives running DECIMAL(18,4)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_files_do_not_keep_is_no_promise()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect customer_key, order_id, amount::hugeint as amount, amount::hugeint as running_amount from order_line");
        company.Write("models/marts/fct_order.contract.sql", Company.FactContract.Replace("decimal(18, 4)", "hugeint", StringComparison.Ordinal));

        var report = await company.RunAsync();

        var error = Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error;
        Assert.Contains("Parquet has no such types", error, StringComparison.Ordinal);
        Assert.Contains("column 3: the contract says amount HUGEINT, the model gives amount DOUBLE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_promise_about_rows_blocks_the_publication()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect customer_key, 'same' as order_id, amount, amount as running_amount from order_line");
        await company.DropAsync("order_line", "orders.csv", Orders);

        var report = await company.RunAsync();

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Contains("the key (customer_key, order_id) occurs more than once", Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nulls_are_equal_in_columns_that_are_unique_together()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect customer_key, null::varchar as order_id, amount, amount as running_amount from order_line");
        company.Write(
            "models/marts/fct_order.contract.sql",
            Company.FactContract.Replace("order_id varchar not null", "order_id varchar", StringComparison.Ordinal)
                .Replace("primary key (customer_key, order_id)", "unique (customer_key, order_id)", StringComparison.Ordinal));
        await company.DropAsync("order_line", "orders.csv", Orders);

        var report = await company.RunAsync();

        Assert.Contains("the key (customer_key, order_id) occurs more than once", Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_column_in_a_model_is_shown_with_file_line_column_and_excerpt()
    {
        company.Write("models/marts/fct_order.sql", "-- Grain: one row per order.\nselect\n    customer_key,\n    nonsense\nfrom order_line");

        var report = await company.RunAsync();

        var error = Assert.Single(report.Models, model => model.Outcome == BuildOutcome.Failed).Error;
        Assert.StartsWith("models/marts/fct_order.sql:4:5: Binder Error: Referenced column \"nonsense\" not found", error, StringComparison.Ordinal);
        Assert.EndsWith("\n        nonsense", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_record_leaves_the_marts()
    {
        await company.DropAsync("order_line", "orders.csv", Orders);
        await company.DropAsync("order_line", "deleted.csv", "order_id,customer_key,deleted_at,updated_at\no3,b,2025-04-01,2999-04-01\n");

        await company.RunAsync();

        Assert.Equal(["o1", "o2"], await company.QueryAsync("select order_id from fct_order order by 1"));
    }

    [Fact]
    public async Task An_overlay_replaces_a_model_and_adds_a_landing_table()
    {
        company.WriteOverlay("landing/shop_order.yaml", "table: shop_order\nstream: shop.order\nrecord_id: [No]\nrequired: [No, Who]\n");
        var overlay = company.WriteOverlay(
            "models/staging/shop/stg_shop__order_line.sql",
            "-- Grain: one row per order of the shop.\nselect origin, 'shop' as source, payload ->> '$.No' as order_id, payload ->> '$.Who' as customer_key, payload ->> '$.Total' as amount from raw.shop__order");
        company.Transform.Overlays.Add(overlay);
        await company.DropAsync("shop_order", "x.csv", "No,Who,Total\n1,a,2.5\n2,b,oops\n");

        await company.RunAsync();

        Assert.Equal(["1|2.5000"], await company.QueryAsync("select order_id, amount from fct_order"));
        Assert.Single(await new Quarantine(company.Lake).RowsAsync("shop.order", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_rebuild_is_byte_identical_and_a_build_in_seven_buckets_equals_a_build_in_one()
    {
        var lines = Enumerable.Range(0, 500).Select(index => $"o{index},c{index % 41},{index * 37 % 101}.25,2025-01-01");
        await company.DropAsync("order_line", "orders.csv", "order_id,customer_key,amount,ordered_date\n" + string.Join('\n', lines));
        await company.RunAsync();
        var whole = await PublishedAsync();
        var rows = await company.QueryAsync("select * from fct_order");

        await ForgetAsync();
        await company.RunAsync();
        var again = await PublishedAsync();
        await ForgetAsync();
        company.Transform = new TransformOptions { Folder = company.Transform.Folder, Threads = 2, Buckets = 7 };
        await company.RunAsync();

        Assert.Equal(whole, again);
        Assert.Equal(rows, await company.QueryAsync("select * from fct_order"));
    }

    [Fact]
    public async Task A_model_that_does_not_fit_into_memory_says_which_setting_to_raise()
    {
        company.Write("models/intermediate/int_long.sql", "-- Grain: one row\nselect len(list(range)) as length from range(20000000)");
        company.Write("audits/nothing_is_long.sql", "select * from int_long where length < 0");
        company.Transform = new TransformOptions { Folder = company.Transform.Folder, Threads = 2, MemoryLimit = "40MB" };

        var report = await company.RunAsync();

        Assert.Contains(
            "int_long.sql: does not fit into memory, even with one thread: raise the setting Transform:MemoryLimit",
            report.Models.Single(model => model.Name == "int_long").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused_with_the_holder_named()
    {
        await using var held = await company.Lake.LeaseAsync(new LakePath("leases/run"), "run 20260101t000000000z-abcd", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<LakeLeasedException>(() => company.RunAsync());

        Assert.Contains("20260101t000000000z-abcd", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => company.Dispose();

    private async Task<byte[]> PublishedAsync()
    {
        await using var stream = await company.Lake.OpenReadAsync(new LakePath("marts/latest/fct_order.parquet"), TestContext.Current.CancellationToken);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }

    /// <summary>Deletes what can be rebuilt.</summary>
    private async Task ForgetAsync()
    {
        foreach (var folder in new[] { "models", "stage", "marts" })
        {
            await foreach (var file in company.Lake.ListAsync(new LakePath(folder), TestContext.Current.CancellationToken))
            {
                await company.Lake.DeleteAsync(file.Path, TestContext.Current.CancellationToken);
            }
        }
    }
}
