using System.Data.Common;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;
using DuckDB.NET.Data;

namespace Cco.Pipeline.Runs;

/// <summary>One KPI in one period, asked about step by step; each step narrows what the next one is about.</summary>
internal sealed class KpiInquiry(EngineSession session, Kpi kpi, CancellationToken cancellationToken)
{
    private const string Contributions = "models/marts/fct_kpi_contribution.sql";

    private const string ByCustomer =
        """
        select
            part.customer_key,
            any_value(dim_customer.name) as name,
            cast(sum(part.numerator) as decimal(18, 4)) as numerator,
            cast(sum(part.denominator) as decimal(18, 4)) as denominator,
            cast(sum(part.n) as bigint) as n
        from part
        left join dim_customer on part.customer_key = dim_customer.customer_key
        group by part.customer_key
        """;

    /// <summary>The number as it is published.</summary>
    public sealed record Number(string? Currency, double? Value, KpiPart Total);

    /// <summary>The customers that contribute; what comes from none that is known counts as one.</summary>
    public long CustomerCount => session.Scalar<long>("select count(distinct coalesce(customer_key, '')) from part", cancellationToken);

    /// <summary>The period of a name.</summary>
    /// <exception cref="ArgumentException">The KPI has no such period; the message says which it has.</exception>
    public KpiPeriod FindPeriod(string name)
    {
        var periods = session.Query(
            $"""
            select period_label(period_type, period_start, period_end) as label, period_type, period_start, period_end, is_complete
            from fct_kpi
            where kpi = {Sql.Text(kpi.Name)} and segment_dimension = 'all'
            order by period_start
            """,
            reader => new KpiPeriod(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateOnly>(3), reader.GetBoolean(4)),
            cancellationToken);
        return periods.Find(period => period.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
            $"{kpi.Name} has no period '{name}'. {Known(periods)}", nameof(name));
    }

    /// <summary>The published number of a period and segment; from here on everything is about it.</summary>
    /// <exception cref="ArgumentException">There is no such segment; the message says which there are.</exception>
    public Number FindNumber(KpiPeriod period, string? segment)
    {
        var (dimension, value) = segment is null ? ("all", "all")
            : segment.Split('=', 2) is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right)
            : throw new ArgumentException($"'{segment}' is no segment: write its dimension and its value, such as region=EMEA. {Dimensions(period)}", nameof(segment));
        session.Execute(
            $"""
            create temp table question as
            select
                kpi,
                period_type,
                period_start,
                period_end,
                segment_dimension,
                segment_value,
                currency,
                value,
                numerator,
                denominator,
                n,
                month_day(least(month_number(period_end) - 1, last_month())) as closing_month_start,
                month_number(period_start) as start_month,
                least(month_number(period_end) - 1, last_month()) as closing_month,
                {Sql.Text(kpi.Model)} = 'fct_revenue_retention' as is_retention,
                cast(null as varchar) as customer_key
            from fct_kpi
            where kpi = {Sql.Text(kpi.Name)}
                and period_type = {Sql.Text(period.Type)}
                and period_start = date '{period.Start:yyyy-MM-dd}'
                and segment_dimension = {Sql.Text(dimension)}
                and segment_value = {Sql.Text(value)}
            """,
            cancellationToken);
        var found = session.Query(
            "select currency, value, numerator, denominator, n from question",
            reader => new Number(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetDouble(1), Part(reader, 2)),
            cancellationToken);
        return found.SingleOrDefault() ?? throw new ArgumentException(
            Values(period, dimension) is { Count: > 0 } values
                ? $"{kpi.Name} has no {dimension} '{value}' in {period.Name}. There are: {string.Join(", ", values)}."
                : $"{kpi.Name} has no segments by '{dimension}' in {period.Name}. {Dimensions(period)}",
            nameof(segment));
    }

    /// <summary>Computes what each customer contributes to the number, by the SQL that the mart of contributions is made by.</summary>
    public void TakeApart(string contributions, KpiPeriod period)
    {
        session.Execute("set variable contribution_months = (select last_month() - closing_month + 1 from question)", cancellationToken);
        session.Execute(
            $"""
            create temp table part as
            select contributions.*
            from (
            {contributions}
            ) as contributions
            where contributions.kpi = {Sql.Text(kpi.Name)}
                and contributions.period_type = {Sql.Text(period.Type)}
                and contributions.period_start = date '{period.Start:yyyy-MM-dd}'
            """,
            cancellationToken);
        session.Execute(
            """
            delete from part
            where not list_contains(
                list_transform(
                    contribution_segments(
                        counted_by, segment, region, industry, size_band, owner_employee_key, acquisition_cohort, plan_name, survey_id, journey_step, channel
                    ),
                    lambda place: row(place.dimension, place.value)
                ),
                (select row(segment_dimension, segment_value) from question)
            )
            """,
            cancellationToken);
    }

    /// <summary>What all customers contribute.</summary>
    /// <exception cref="TransformException">It is not the published number.</exception>
    public KpiPart Total(Number number)
    {
        var total = session.Query(
            """
            select
                cast(coalesce(sum(numerator), 0) as decimal(18, 4)),
                cast(coalesce(sum(denominator), (select denominator * 0 from question)) as decimal(18, 4)),
                cast(coalesce(sum(n), 0) as bigint)
            from part
            """,
            reader => Part(reader, 0),
            cancellationToken).Single();
        return total == number.Total ? total : throw Contradiction(
            $"what customers contribute to {kpi.Name}, {Shown(total)}, is not what fct_kpi has, {Shown(number.Total)}.");
    }

    /// <summary>The customers that contribute most.</summary>
    public IReadOnlyList<KpiCustomer> Largest(int count) => session.Query(
        $"select * from ({ByCustomer}) order by abs(numerator) desc, abs(denominator) desc, n desc, customer_key limit {count}", Customer, cancellationToken);

    /// <summary>What is left of a number.</summary>
    public static KpiPart Rest(KpiPart total, IReadOnlyList<KpiCustomer> customers) => new(
        total.Numerator - customers.Sum(customer => customer.Part.Numerator),
        total.Denominator - customers.Sum(customer => customer.Part.Denominator),
        total.N - customers.Sum(customer => customer.Part.N));

    /// <summary>Finds the customer; from here on everything is about its part.</summary>
    /// <exception cref="ArgumentException">No such customer contributes.</exception>
    public KpiCustomer ChooseCustomer(string name)
    {
        var isNone = name == KpiQuestion.NoCustomer;
        var found = session.Query(
            $"""
            select * from ({ByCustomer})
            where {(isNone ? "customer_key is null" : $"customer_key = {Sql.Text(name)} or lower(name) = lower({Sql.Text(name)})")}
            order by customer_key
            """,
            Customer,
            cancellationToken);
        var customer = found switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"{(isNone ? "Nothing without a customer" : $"No customer '{name}'")} contributes to this number. The largest that do: {string.Join(", ", Largest(3).Select(Named))}.", nameof(name)),
            _ => throw new ArgumentException($"Several customers are called '{name}': {string.Join(", ", found.Select(Named))}. Give the key.", nameof(name)),
        };
        session.Execute($"update question set customer_key = {(isNone ? "null" : Sql.Text(customer.CustomerKey!))}", cancellationToken);
        session.Execute("delete from part where customer_key is distinct from (select customer_key from question)", cancellationToken);
        return customer;
    }

    /// <summary>Answers a question about the customer.</summary>
    /// <exception cref="TransformException">What should add up does not.</exception>
    public KpiEvidence Answer(Evidence evidence)
    {
        var answer = Read(evidence, evidence.Sql);
        var names = answer.Columns.Select(column => column.Name).ToList();
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (column, expected) in Expected(evidence))
        {
            var index = names.IndexOf(column);
            sums[column] = answer.Rows.Sum(row => row[index] is { } value ? Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture) : 0);
            if (sums[column] != expected)
            {
                throw Contradiction($"'{evidence.Title}': {column} adds up to {sums[column]:0.####} where {expected:0.####} is published.");
            }
        }

        return new KpiEvidence(evidence.Title, answer.Columns, answer.Rows, sums);
    }

    /// <summary>Models of an overlay may be others than those that the question was written for.</summary>
    private QueryResult Read(Evidence evidence, string select)
    {
        try
        {
            return session.Read(select, QueryResult.Read, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new TransformException(SqlProblem.In(Contributions, $"'{evidence.Title}' cannot be shown from these models: {exception.Message}"));
        }
    }

    private static KpiPart Part(DbDataReader reader, int column) =>
        new(reader.GetDecimal(column), reader.IsDBNull(column + 1) ? null : reader.GetDecimal(column + 1), reader.GetInt64(column + 2));

    private static KpiCustomer Customer(DbDataReader reader) =>
        new(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), Part(reader, 2));

    private static string Named(KpiCustomer customer) =>
        customer.CustomerKey is null ? KpiQuestion.NoCustomer : customer.Name is null ? customer.CustomerKey : $"{customer.CustomerKey} ({customer.Name})";

    private static string Shown(KpiPart part) => $"{part.Numerator:0.####}{(part.Denominator is { } denominator ? $" / {denominator:0.####}" : "")} of n {part.N}";

    private static TransformException Contradiction(string message) => new(SqlProblem.In(
        Contributions, $"{message} The results in the lake contradict each other: report it, with the run of `cco status`."));

    private static string Known(List<KpiPeriod> periods) => periods.Count == 0
        ? "It has no value yet."
        : "There are: " + string.Join("; ", periods.GroupBy(period => period.Type).Select(group =>
            $"{group.Key.Replace('_', ' ')} {group.First().Name}{(group.Count() > 1 ? $" to {group.Last().Name}" : "")}")) + ".";

    private List<(string Column, decimal Expected)> Expected(Evidence evidence)
    {
        if (evidence.AddsUpTo is not { } select)
        {
            return [];
        }

        var expected = Read(evidence, select);
        return expected.Columns.Zip(expected.Rows.Single()).Where(column => column.Second is not null)
            .Select(column => (column.First.Name, Convert.ToDecimal(column.Second, System.Globalization.CultureInfo.InvariantCulture))).ToList();
    }

    private string Dimensions(KpiPeriod period) =>
        $"There are: {string.Join(", ", Texts("segment_dimension", period, "segment_dimension <> 'all'"))}.";

    private List<string> Values(KpiPeriod period, string dimension) => Texts("segment_value", period, $"segment_dimension = {Sql.Text(dimension)}");

    private List<string> Texts(string column, KpiPeriod period, string condition) => session.Query(
        $"""
        select distinct {column}
        from fct_kpi
        where kpi = {Sql.Text(kpi.Name)}
            and period_type = {Sql.Text(period.Type)}
            and period_start = date '{period.Start:yyyy-MM-dd}'
            and {condition}
        order by all
        """,
        reader => reader.GetString(0),
        cancellationToken);
}
