using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Holds what customers contribute to a KPI in two published runs against each other. Of the latest periods the runs keep it; of any
/// other it is computed anew from what they built.
/// </summary>
public sealed class CustomerComparison(ILake lake, Transformer transformer, TransformOptions options)
{
    private const string Nothing = "(select null::varchar as customer_key, null::decimal(18, 4) as numerator, null::decimal(18, 4) as denominator where false)";

    /// <summary>The customers whose part of a number differs.</summary>
    /// <param name="before">A run that was published.</param>
    /// <param name="after">Another one.</param>
    /// <param name="kpi">The KPI.</param>
    /// <param name="period">The period, by its name as in <see cref="KpiQuestion"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There is no such run, KPI or period, or a run is asked about a period that it can say nothing of any more.</exception>
    public async Task<CustomerChanges> CompareAsync(string before, string after, string kpi, string period, CancellationToken cancellationToken)
    {
        var catalog = CatalogReader.Read(options);
        var found = KpiNames.Find(catalog.Kpis, kpi);
        using var engine = Engine.Open(options);
        Manifest[] runs = [await KpiComparison.PublishedAsync(lake, before, cancellationToken), await KpiComparison.PublishedAsync(lake, after, cancellationToken)];
        var named = await FindAsync(engine, runs, catalog, found, period, cancellationToken);
        var parts = new List<string>();
        foreach (var run in runs)
        {
            parts.Add(await PartsAsync(engine, run, catalog, found, named, cancellationToken));
        }

        using var session = engine.Session();
        return new CustomerChanges(found.Name, named, Compare(session, parts[0], parts[1], cancellationToken));
    }

    /// <summary>The period of that name, among those of the KPI in either run.</summary>
    private async Task<KpiPeriod> FindAsync(Engine engine, Manifest[] runs, Catalog catalog, Kpi kpi, string period, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        foreach (var run in runs)
        {
            tables.Add($"select kpi, period_type, period_start, period_end, segment_dimension, is_complete from {await RelationAsync(run, KpiComparison.Kpis, cancellationToken)}");
        }

        _ = await SetAsync(engine, runs[^1], cancellationToken);
        using var session = engine.Session();
        catalog.Define(session);
        session.Execute($"create temp view fct_kpi as {string.Join("\nunion\n", tables)}", cancellationToken);
        return new KpiNumbers(session, kpi, cancellationToken).FindPeriod(period);
    }

    /// <summary>The relation of what each customer contributes to the number in a run.</summary>
    private async Task<string> PartsAsync(Engine engine, Manifest run, Catalog catalog, Kpi kpi, KpiPeriod period, CancellationToken cancellationToken)
    {
        var report = await SetAsync(engine, run, cancellationToken);
        if (IsKept(engine, period, cancellationToken))
        {
            return
                $"""
                (
                    select customer_key, sum(numerator) as numerator, sum(denominator) as denominator
                    from {await RelationAsync(run, Contributions.Mart, cancellationToken)}
                    where kpi = {Sql.Text(kpi.Name)}
                        and period_type = {Sql.Text(period.Type)}
                        and period_start = date '{period.Start:yyyy-MM-dd}'
                        and counted_by = 'customer'
                    group by all
                )
                """;
        }

        using var build = await new PublishedBuilds(lake, transformer, engine.Scratch).FindAsync(catalog, run, report, _ => ["dim_customer"], cancellationToken)
            ?? throw new ArgumentException(
                $"Run {run.RunId} keeps what customers contribute to the periods that end within its last {report.AllSettings()["contribution_months"].Split(':')[0]} months, and {period.Name} is before. "
                + "It cannot be computed anew, as there are other models or raw files now than the run had: with the program and models of then it can, and a larger Kpis:ContributionMonths keeps more from the next run on.",
                nameof(run));
        var numbers = new KpiNumbers(build.Session, kpi, cancellationToken);
        if (!numbers.Has(period))
        {
            return Nothing;
        }

        _ = numbers.FindNumber(period, null);
        new KpiParts(build.Session, kpi, cancellationToken).TakeApart(catalog.Models[Contributions.Mart].Text, period);
        var file = engine.Scratch.File($"{run.RunId}.parquet");
        build.Session.Execute(
            $"copy (select customer_key, sum(numerator) as numerator, sum(denominator) as denominator from part group by all) to {Sql.Text(file)} (format parquet)", cancellationToken);
        return Sql.Parquet([file]);
    }

    private static List<CustomerChange> Compare(EngineSession session, string before, string after, CancellationToken cancellationToken) => session.Query(
        $"""
        select coalesce(before.customer_key, after.customer_key) as customer_key,
            coalesce(before.numerator, 0), coalesce(after.numerator, 0), before.denominator, after.denominator
        from {before} as before
        full join {after} as after on before.customer_key is not distinct from after.customer_key
        where (coalesce(before.numerator, 0), coalesce(before.denominator, 0)) <> (coalesce(after.numerator, 0), coalesce(after.denominator, 0))
        order by abs(coalesce(after.numerator, 0) - coalesce(before.numerator, 0)) desc, customer_key
        """,
        reader => new CustomerChange(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            reader.GetDecimal(1),
            reader.GetDecimal(2),
            reader.IsDBNull(3) ? null : reader.GetDecimal(3),
            reader.IsDBNull(4) ? null : reader.GetDecimal(4)),
        cancellationToken);

    private static bool IsKept(Engine engine, KpiPeriod period, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        return session.Scalar<bool>($"select is_contribution_period(date '{period.End:yyyy-MM-dd}')", cancellationToken);
    }

    /// <summary>From now on, sessions have the settings of a run, and its calendar.</summary>
    private async Task<RunReport> SetAsync(Engine engine, Manifest run, CancellationToken cancellationToken)
    {
        var report = await RunReport.ReadAsync(lake, run.RunId, cancellationToken)
            ?? throw new ArgumentException($"The report of the run {run.RunId}, which has its settings, is gone: compare other runs.", nameof(run));
        engine.SetVariables(report.AllSettings());
        return report;
    }

    private async Task<string> RelationAsync(Manifest run, string table, CancellationToken cancellationToken) =>
        Sql.Parquet([await lake.LocalAsync(RunTables.Of(run).Find(table), cancellationToken)]);
}
