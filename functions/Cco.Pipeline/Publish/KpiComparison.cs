using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Publish;

/// <summary>Holds the KPIs of two runs against each other, to the last digit.</summary>
public sealed class KpiComparison(ILake lake, TransformOptions options)
{
    internal const string Kpis = "fct_kpi";

    private const int RunsNamed = 5;

    private const string Cell = "kpi, period_type, period_start, segment_dimension, segment_value";

    /// <summary>
    /// The select that gives the cells of two <c>fct_kpi</c> which differ, as <c>before</c> and <c>after</c>. Periods of two calendars may begin on one
    /// day and end on two: they are not one another's version.
    /// </summary>
    internal static string Differing(string before, string after) =>
        $"""
        from {before} as before full join {after} as after using ({Cell})
        where coalesce(before.period_end = after.period_end, true)
            and (
                (before.numerator, before.denominator, before.value) is distinct from (after.numerator, after.denominator, after.value)
                or (before.kpi is null) <> (after.kpi is null)
            )
        """;

    /// <summary>What differs, by KPI, period and segment.</summary>
    /// <param name="before">The tables of one run, see <see cref="TablesAsync"/>.</param>
    /// <param name="after">The tables of the other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<KpiChange>> KpisAsync(RunTables before, RunTables after, CancellationToken cancellationToken)
    {
        var (one, other) = (before.Find(Kpis), after.Find(Kpis));
        if (one == other)
        {
            return [];
        }

        using var engine = Engine.Open(options);
        using var session = engine.Session();
        return session.Query(
            $"""
            select {Cell}, before.kpi is not null, before.numerator, before.denominator, before.value,
                after.kpi is not null, after.numerator, after.denominator, after.value
            {Differing(await RelationAsync(one, cancellationToken), await RelationAsync(other, cancellationToken))}
            order by all
            """,
            reader => new KpiChange(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetFieldValue<DateOnly>(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetBoolean(5) ? Figure(reader, 6) : null,
                reader.GetBoolean(9) ? Figure(reader, 10) : null),
            cancellationToken);
    }

    /// <summary>The tables of a run that was published.</summary>
    /// <exception cref="ArgumentException">No such run was published.</exception>
    public async Task<RunTables> TablesAsync(string run, CancellationToken cancellationToken) =>
        RunTables.Of(await PublishedAsync(lake, run, cancellationToken));

    /// <summary>What a run has published.</summary>
    /// <exception cref="ArgumentException">No such run was published.</exception>
    internal static async Task<Manifest> PublishedAsync(ILake lake, string run, CancellationToken cancellationToken) =>
        await Manifest.ReadAsync(lake, run, cancellationToken) ?? throw new ArgumentException(
            $"There are no tables of a run '{run}': it published nothing, or they were deleted (`cco lake vacuum` keeps what the settings Retention say, `cco forget` the last run alone). "
            + $"Tables are there of {Named(await Manifest.RunsAsync(lake, cancellationToken))}.",
            nameof(run));

    private static string Named(IReadOnlyList<string> runs) => runs.Count == 0 ? "no run" : string.Join(", ", runs.Take(RunsNamed)) + (runs.Count > RunsNamed ? $" and {runs.Count - RunsNamed} before" : "");

    private static KpiFigure Figure(System.Data.Common.DbDataReader reader, int column) =>
        new(Number<decimal>(reader, column), Number<decimal>(reader, column + 1), Number<double>(reader, column + 2));

    private static T? Number<T>(System.Data.Common.DbDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    private async Task<string> RelationAsync(LakePath path, CancellationToken cancellationToken) =>
        Sql.Parquet([await lake.LocalAsync(path, cancellationToken)]);
}
