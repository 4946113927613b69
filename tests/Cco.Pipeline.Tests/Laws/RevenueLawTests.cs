namespace Cco.Pipeline.Tests.Laws;

/// <summary>What must be true of the revenue marts whatever customers do. Each query asks for the rows that break a law.</summary>
[Collection(nameof(LawWorlds))]
public sealed class RevenueLawTests(LawWorlds worlds)
{
    private const string Money =
        "opening_mrr_amount, new_amount, returned_amount, expansion_amount, contraction_amount, churned_amount, paused_amount, gap_amount, "
        + "merged_amount, fx_amount, mrr_amount, committed_mrr_amount";

    public static TheoryData<int> Numbers => LawWorlds.Numbers;

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_mart_keeps_its_contract(int world) => Assert.All(LawWorld.Marts, mart => Assert.Equal("", worlds[world].Broken(mart)));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void No_audit_finds_a_row(int world) => Assert.All(LawWorld.Audits, audit => Holds(world, $"select * from audits.{audit}"));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Opening_and_movements_make_closing_of_each_customer_and_currency(int world) => Holds(
        world,
        """
        with records as (
            select customer_key, month_start, native_currency, opening_mrr_amount as plus, mrr_amount as minus,
                opening_mrr_amount_native as plus_native, mrr_amount_native as minus_native from fct_customer_month
            union all
            select customer_key, month_start, native_currency, movement_amount, 0, movement_amount_native, 0 from fct_mrr_movement
        )
        select customer_key, month_start, native_currency, sum(plus - minus), sum(plus_native - minus_native)
        from records
        group by all
        having sum(plus) <> sum(minus) or sum(plus_native) <> sum(minus_native)
        """);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Opening_and_movements_make_closing_of_each_segment_and_in_total(int world) => Holds(
        world,
        """
        select *
        from fct_revenue_month
        where opening_mrr_amount + new_amount + returned_amount + expansion_amount + contraction_amount + churned_amount + paused_amount
            + gap_amount + merged_amount + fx_amount <> mrr_amount
        """);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_month_opens_with_what_the_month_before_closed(int world)
    {
        Holds(
            world,
            """
            select *
            from (
                select
                    month_start, opening_mrr_amount, opening_customer_count,
                    lag(month_start) over months as month_before,
                    lag(mrr_amount, 1, 0) over months as closing_before,
                    lag(customer_count, 1, 0) over months as count_before
                from fct_revenue_month
                where segment_dimension = 'all'
                window months as (order by month_start)
            )
            where opening_mrr_amount <> closing_before or opening_customer_count <> count_before or month_day(month_number(month_before) + 1) <> month_start
            """);
        Holds(
            world,
            """
            select *
            from (
                select
                    customer_key, native_currency, month_start, opening_mrr_amount,
                    lag(mrr_amount, 1, 0) over months as closing_before,
                    lag(month_start) over months as month_before
                from fct_customer_month
                window months as (partition by customer_key, native_currency order by month_start)
            )
            where opening_mrr_amount <> case when month_day(month_number(month_before) + 1) = month_start then closing_before else 0 end
                or (month_day(month_number(month_before) + 1) < month_start and closing_before <> 0)
            """);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Gross_retention_exceeds_neither_one_nor_net_retention(int world) => Holds(
        world, "select * from fct_revenue_retention where gross_revenue_retention_rate > least(1, net_revenue_retention_rate)");

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_ratio_without_a_denominator_or_with_a_gap_is_null_and_no_other_is(int world)
    {
        Holds(
            world,
            """
            select * from fct_revenue_retention
            where (opening_mrr_amount = 0 or gap_customer_count > 0) <> (net_revenue_retention_rate is null)
                or (customer_count = 0 or gap_customer_count > 0) <> (logo_retention_rate is null)
            """);
        Holds(world, "select * from fct_kpi where (numerator is null or coalesce(denominator = 0, false)) <> (value is null)");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_segments_of_a_dimension_make_the_whole_month(int world) => Holds(
        world,
        $"""
        with sums as (
            select month_start, segment_dimension, sum(columns([{Names(Money)}]))
            from fct_revenue_month
            group by all
        )
        select *
        from sums
        anti join sums as whole
            on whole.segment_dimension = 'all' and whole.month_start = sums.month_start and ({Qualified("whole", Money)}) = ({Qualified("sums", Money)})
        """);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_segments_of_a_dimension_make_the_whole_retention(int world)
    {
        const string Parts = "customer_count, retained_customer_count, opening_mrr_amount, closing_mrr_amount, retained_mrr_amount";
        Holds(
            world,
            $"""
            with sums as (
                select period_type, period_start, segment_dimension, sum(columns([{Names(Parts)}]))
                from fct_revenue_retention
                group by all
            )
            select *
            from sums
            anti join sums as whole
                on whole.segment_dimension = 'all' and whole.period_type = sums.period_type and whole.period_start = sums.period_start
                and ({Qualified("whole", Parts)}) = ({Qualified("sums", Parts)})
            """);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_segments_of_a_dimension_make_the_whole_kpi(int world) => Holds(
        world,
        """
        with sums as (
            select kpi, period_type, period_start, segment_dimension, sum(numerator) as numerator, sum(denominator) as denominator
            from fct_kpi
            group by all
        )
        select *
        from sums
        anti join sums as whole
            on whole.segment_dimension = 'all' and whole.kpi = sums.kpi and whole.period_type = sums.period_type and whole.period_start = sums.period_start
            and coalesce(whole.numerator = sums.numerator, whole.numerator is null) and whole.denominator is not distinct from sums.denominator
        """);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_item_and_each_line_is_in_the_fact_once(int world)
    {
        var companies = worlds[world].Books.Companies;
        var sold = companies.SelectMany(company => company.Items).Select(item => item.SubscriptionItemId).Distinct(StringComparer.Ordinal);
        var billed = companies.SelectMany(company => company.Lines).Select(line => line.InvoiceLineId);

        Assert.Equal(sold.Concat(billed).Order(StringComparer.Ordinal), worlds[world].Query("select item_id from fct_revenue_item order by 1"));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Acquisitions_and_the_customers_they_join_sum_to_nothing(int world) => Holds(
        world, "select month_start, sum(movement_amount) from fct_mrr_movement where movement_type = 'merge' group by all having sum(movement_amount) <> 0");

    private void Holds(int world, string query) => Assert.Empty(worlds[world].Query(query));

    private static string Names(string columns) => string.Join(", ", columns.Split(", ").Select(column => $"'{column}'"));

    private static string Qualified(string table, string columns) => string.Join(", ", columns.Split(", ").Select(column => $"{table}.{column}"));
}
