using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Finds the numbers of a KPI among those that are published.</summary>
internal sealed class KpiNumbers(EngineSession session, Kpi kpi, CancellationToken cancellationToken)
{
    /// <summary>Names in a message.</summary>
    private const int Shown = 30;

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

    /// <summary>Whether there is a number of the whole company for the period.</summary>
    public bool Has(KpiPeriod period) => session.Scalar<bool>(
        $"""
        select count(*) > 0
        from fct_kpi
        where kpi = {Sql.Text(kpi.Name)}
            and period_type = {Sql.Text(period.Type)}
            and period_start = date '{period.Start:yyyy-MM-dd}'
            and segment_dimension = 'all'
        """,
        cancellationToken);

    /// <summary>The published number of a period and segment: the one row of the temporary table <c>question</c>.</summary>
    /// <exception cref="ArgumentException">There is no such segment, or no number; the message says which there are, or why there is none.</exception>
    public PublishedNumber FindNumber(KpiPeriod period, string? segment)
    {
        var (dimension, value) = segment is null ? ("all", "all")
            : segment.Split('=', 2) is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right)
            : throw new ArgumentException($"'{segment}' is no segment: write its dimension and its value, such as region=EMEA. {Dimensions(period)}", nameof(segment));
        session.Execute(
            $"""
            create or replace temp table question as
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
        if (session.Scalar<long>("select count(*) from question where numerator is null", cancellationToken) > 0)
        {
            throw new ArgumentException(
                $"{kpi.Name} has no number in {period.Name}: loads of invoice lines are missing, which fct_invoice_load shows. Once they have landed, delete their rows of missing_load.",
                nameof(period));
        }

        var found = session.Query(
            "select currency, value, numerator, denominator, n from question",
            reader => new PublishedNumber(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetDouble(1), KpiPart.Read(reader, 2)),
            cancellationToken);
        return found.SingleOrDefault() ?? throw new ArgumentException(
            Values(period, dimension) is { Count: > 0 } values
                ? $"{kpi.Name} has no {dimension} '{value}' in {period.Name}. There are: {string.Join(", ", values.Take(Shown))}{(values.Count > Shown ? $", and {values.Count - Shown} others" : "")}."
                : $"{kpi.Name} has no segments by '{dimension}' in {period.Name}. {Dimensions(period)}",
            nameof(segment));
    }

    private static string Known(List<KpiPeriod> periods) => periods.Count == 0
        ? "It has no value yet."
        : "There are: " + string.Join("; ", periods.GroupBy(period => period.Type).Select(group =>
            $"{group.Key.Replace('_', ' ')} {group.First().Name}{(group.Count() > 1 ? $" to {group.Last().Name}" : "")}")) + ".";

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

/// <summary>A number as it is published.</summary>
internal sealed record PublishedNumber(string? Currency, double? Value, KpiPart Total);
