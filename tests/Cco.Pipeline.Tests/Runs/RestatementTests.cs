using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

/// <summary>A number is published; then a late record says otherwise.</summary>
public sealed class RestatementTests : IAsyncLifetime
{
    /// <summary>What customers ordered each month, in all and each: a small <c>fct_kpi</c>.</summary>
    private const string Kpis =
        """
        -- Grain: one row per KPI, period and segment.
        with orders as (
            select *, date_trunc('month', ordered_date)::date as period_start
            from order_line
            where ordered_date < getvariable('as_of')
        )
        select
            'ordered_amount' as kpi,
            'month' as period_type,
            period_start,
            (period_start + interval 1 month)::date as period_end,
            case when grouping(customer_key) = 0 then 'customer' else 'all' end as segment_dimension,
            coalesce(customer_key, 'all') as segment_value,
            cast(sum(amount) * getvariable('fiscal_year_first_month') as decimal(18, 4)) as numerator,
            null::decimal(18, 4) as denominator,
            cast(sum(amount) * getvariable('fiscal_year_first_month') as double) as value,
            1::bigint as definition_version
        from orders
        group by grouping sets ((period_start), (period_start, customer_key))
        """;

    private const string KpiContract =
        """
        create table marts.fct_kpi (
            kpi varchar, period_type varchar, period_start date, period_end date, segment_dimension varchar, segment_value varchar,
            numerator decimal(18, 4), denominator decimal(18, 4), value double, definition_version bigint,
            primary key (kpi, period_type, period_start, segment_dimension, segment_value)
        );
        comment on table marts.fct_kpi is 'KPIs.'; comment on column marts.fct_kpi.kpi is 'KPI.';
        comment on column marts.fct_kpi.period_type is 'Kind.'; comment on column marts.fct_kpi.period_start is 'From.';
        comment on column marts.fct_kpi.period_end is 'Until.'; comment on column marts.fct_kpi.segment_dimension is 'By.';
        comment on column marts.fct_kpi.segment_value is 'Who.'; comment on column marts.fct_kpi.numerator is 'What.';
        comment on column marts.fct_kpi.denominator is 'By what.'; comment on column marts.fct_kpi.value is 'Value.';
        comment on column marts.fct_kpi.definition_version is 'Version.';
        """;

    private readonly Company company = new();
    private RunReport published = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        company.Write("models/marts/fct_kpi.sql", Kpis);
        company.Write("models/marts/fct_kpi.contract.sql", KpiContract);
        foreach (var file in new[]
        {
            "models/staging/pipeline/stg_pipeline__kpi_restatement.sql", "models/conformed/kpi_restatement.contract.sql", "models/marts/fct_kpi_restatement.sql",
            "models/marts/fct_kpi_restatement.contract.sql",
        })
        {
            company.Write(file, Repository.Text($"transforms/{file}"));
        }

        await DropAsync("first.csv", "1,a,100,2025-11-03", "2,b,50,2025-11-20", "3,a,10,2025-12-05", "4,a,7,2026-01-05");
        published = await company.RunAsync();
        Assert.Null(published.Error);
    }

    public ValueTask DisposeAsync()
    {
        company.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_reported_is_told_with_what_it_is_now_and_why()
    {
        await DropAsync("late.csv", "2,b,30,2025-11-20", "5,c,5,2025-12-31");
        var run = await company.RunAsync();

        Assert.Equal(
            [
                $"2025-11-01|all|150|130|-20|records|{published.Id}|{run.Id}|true",
                $"2025-11-01|b|50|30|-20|records|{published.Id}|{run.Id}|true",
                $"2025-12-01|all|10|15|5|records|{published.Id}|{run.Id}|true",
                $"2025-12-01|c||5||records|{published.Id}|{run.Id}|true",
            ],
            await RestatedAsync());
    }

    [Fact]
    public async Task A_run_that_changes_nothing_restates_nothing()
    {
        await DropAsync("late.csv", "2,b,30,2025-11-20");
        await company.RunAsync();
        var before = await RestatedAsync();
        await company.RunAsync();
        await DropAsync("future.csv", "6,b,1,2027-01-01");
        await company.RunAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await RestatedAsync());
    }

    [Fact]
    public async Task Each_correction_is_against_what_the_run_before_it_said()
    {
        await DropAsync("late.csv", "2,b,30,2025-11-20");
        var second = await company.RunAsync();
        await DropAsync("later.csv", "2,b,40,2025-11-20");
        var third = await company.RunAsync();

        Assert.Equal(
            [$"2025-11-01|b|30|40|10|records|{second.Id}|{third.Id}|true", $"2025-11-01|b|50|30|-20|records|{published.Id}|{second.Id}|true"],
            (await RestatedAsync()).Where(row => row.Contains("|b|", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_not_over_is_not_corrected_when_it_goes_on()
    {
        await company.RunAsync(new RunRequest(new DateOnly(2026, 1, 3)));
        await company.RunAsync(new RunRequest(new DateOnly(2026, 2, 1)));

        Assert.Empty(await RestatedAsync());
    }

    [Fact]
    public async Task A_setting_that_changes_numbers_is_named_as_the_cause()
    {
        company.Kpis.FiscalYearFirstMonth = 2;
        await company.RunAsync();

        Assert.Equal(["settings"], await company.QueryAsync("select distinct cause from fct_kpi_restatement"));
    }

    [Fact]
    public async Task A_period_of_another_calendar_that_begins_on_the_same_day_is_not_corrected()
    {
        company.Write("models/marts/fct_kpi.sql", Kpis
            .Replace("period_start + interval 1 month", "period_start + interval 4 week", StringComparison.Ordinal)
            .Replace("sum(amount)", "2 * sum(amount)", StringComparison.Ordinal));
        await company.RunAsync();

        Assert.Empty(await RestatedAsync());
    }

    [Fact]
    public async Task A_model_that_changes_numbers_is_named_as_the_cause()
    {
        company.Write("models/marts/fct_kpi.sql", Kpis.Replace("sum(amount)", "2 * sum(amount)", StringComparison.Ordinal));
        await company.RunAsync();

        Assert.Equal(["models"], await company.QueryAsync("select distinct cause from fct_kpi_restatement"));
    }

    [Fact]
    public async Task A_definition_that_changes_is_named_as_the_cause()
    {
        company.Write("models/marts/fct_kpi.sql", Kpis.Replace("sum(amount)", "3 * sum(amount)", StringComparison.Ordinal).Replace("1::bigint", "2::bigint", StringComparison.Ordinal));
        await company.RunAsync();

        Assert.Equal(["definition"], await company.QueryAsync("select distinct cause from fct_kpi_restatement"));
    }

    [Fact]
    public async Task What_a_run_told_that_was_ended_before_it_published_is_replaced_by_what_the_next_one_finds()
    {
        await DropAsync("late.csv", "2,b,30,2025-11-20", "3,a,11,2025-12-05");
        await EndBeforePublishingAsync();
        await DropAsync("right.csv", "2,b,50,2025-11-20", "3,a,12,2025-12-05");
        var run = await company.RunAsync();

        Assert.Equal(
            [$"2025-12-01|a|10|12|2|records|{published.Id}|{run.Id}|true", $"2025-12-01|all|10|12|2|records|{published.Id}|{run.Id}|true"],
            await RestatedAsync());
    }

    [Fact]
    public async Task What_a_run_told_that_was_ended_before_it_published_is_gone_when_the_numbers_are_those_published()
    {
        company.Kpis.FiscalYearFirstMonth = 2;
        await EndBeforePublishingAsync();
        company.Kpis.FiscalYearFirstMonth = 1;
        await company.RunAsync();

        Assert.Empty(await RestatedAsync());
    }

    [Fact]
    public async Task Where_deleted_records_went_for_good_that_is_the_cause()
    {
        using var engine = Engine.Open(company.Transform);
        var time = TimeProvider.System;
        var raw = Assert.Single(await CountedFile.ListAsync(company.Lake, new LakePath("raw/file/order_line"), Cancel).ToListAsync(Cancel));
        using var session = engine.Session();
        var order = session.Query($"select record_id from {Sql.Parquet([company.Lake.Local(raw.Path)])} where payload ->> '$.order_id' = '2'", reader => reader.GetString(0), Cancel)[0];
        var deleted = new RawPage([new RawRecord(order, time.GetUtcNow(), IsDeleted: true, 1, "{}")], []);
        await new Lander(company.Lake, time).LandAsync(new StreamName("file", "order_line"), RunId.Begin(time), "deleted", "a test", AsyncEnumerable.Repeat(deleted, 1), Cancel);
        await company.RunAsync();
        var before = await RestatedAsync();

        await new DeletedRecords(company.Lake, engine, DateTimeOffset.MaxValue).TakeAsync(time.GetUtcNow(), Cancel);
        await company.RunAsync();

        Assert.Empty(before);
        Assert.Equal(
            ["2025-11-01|all|150|100|-50|retention", "2025-11-01|b|50|||retention"],
            (await RestatedAsync()).Select(row => string.Join('|', row.Split('|').Take(6))));
    }

    [Fact]
    public async Task Two_runs_are_compared_by_kpi_and_a_dry_run_is_before_it_is_published()
    {
        await DropAsync("late.csv", "2,b,30,2025-11-20");
        var dry = await company.RunAsync(new RunRequest(company.AsOf, IsDryRun: true));
        var comparison = new KpiComparison(company.Lake, company.Transform);
        var before = await comparison.TablesAsync(published.Id, Cancel);
        var foretold = await comparison.KpisAsync(before, RunTables.Of(dry.Models.Select(model => (model.Name, model.Fingerprint))), Cancel);
        Assert.False(dry.Published);
        Assert.Equal(published.Id, (await Manifest.ReadAsync(company.Lake, Cancel))!.RunId);
        Assert.Empty(await RestatedAsync());

        var run = await company.RunAsync();

        Assert.Equal(foretold, await comparison.KpisAsync(before, await comparison.TablesAsync(run.Id, Cancel), Cancel));
        Assert.Equal(
            [
                new KpiChange("ordered_amount", "month", new DateOnly(2025, 11, 1), "all", "all", new KpiFigure(150, null, 150), new KpiFigure(130, null, 130)),
                new KpiChange("ordered_amount", "month", new DateOnly(2025, 11, 1), "customer", "b", new KpiFigure(50, null, 50), new KpiFigure(30, null, 30)),
            ],
            foretold);
        Assert.Empty(await comparison.KpisAsync(before, before, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => comparison.TablesAsync("nothing", Cancel));
    }

    /// <summary>A run that is ended when its restatements have landed and nothing is published.</summary>
    private async Task EndBeforePublishingAsync()
    {
        using var end = new CancellationTokenSource();
        var ended = await company.RunAsync(cancellationToken: end.Token, progress: new EndingProgress(RunStage.Publish, end));

        Assert.Equal((RunStatus.Canceled, false), (ended.Status, ended.Published));
        Assert.NotEmpty(await company.Lake.ListAsync(new LakePath("raw/pipeline/kpi_restatement"), Cancel).ToListAsync(Cancel));
    }

    private Task DropAsync(string name, params IEnumerable<string> lines) =>
        company.DropAsync("order_line", name, $"order_id,customer_key,amount,ordered_date\n{string.Join('\n', lines)}\n");

    private Task<IReadOnlyList<string>> RestatedAsync() => company.QueryAsync(
        """
        select period_start, segment_value, reported_value, restated_value, value_change, cause, reported_run_id, restated_run_id,
            raw_files like 'raw/file/order_line/%'
        from fct_kpi_restatement
        order by all
        """);

    /// <summary>Ends a run when it enters a stage.</summary>
    private sealed class EndingProgress(RunStage last, CancellationTokenSource end) : IRunProgress
    {
        public void Entered(RunStage stage)
        {
            if (stage == last)
            {
                end.Cancel();
            }
        }

        public void Began(RunId run, DateOnly asOf)
        {
        }

        public void FilesFound(int count)
        {
        }

        public void FileDone(FileReceipt file)
        {
        }

        public void Planned(int count)
        {
        }

        public void Started(string model)
        {
        }

        public void Finished(BuiltModel model)
        {
        }
    }
}
