using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>What some customers contribute to the numbers that differ, in one of the two runs: by the SQL of the contributions, over their rows alone.</summary>
/// <param name="build">The results of the run.</param>
/// <param name="restated">The relation of the numbers that differ.</param>
/// <param name="scratch">Where the files are.</param>
internal sealed class RestatedParts(OpenBuild build, string restated, ScratchFolder scratch)
{
    /// <summary>The file of the customers: each key, and the customer as it is now.</summary>
    public static string Concerned(ScratchFolder scratch, string run) => scratch.File($"{run}_customer.parquet");

    /// <summary>The file of what they contribute.</summary>
    public static string Parts(ScratchFolder scratch, string run) => scratch.File($"{run}_part.parquet");

    /// <summary>Writes the file.</summary>
    /// <param name="contributions">The select of what customers contribute.</param>
    /// <param name="run">The name of the run's files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Write(string contributions, string run, CancellationToken cancellationToken)
    {
        var session = build.Session;
        session.Execute($"create temp table concerned as select * from {Sql.Parquet([Concerned(scratch, run)])}", cancellationToken);
        session.Execute(
            $"""
            create temp view fct_kpi as
            select *
            from marts.fct_kpi
            semi join {restated} as restated
                on fct_kpi.kpi = restated.kpi
                and fct_kpi.period_type = restated.period_type
                and fct_kpi.period_start = restated.period_start
            """,
            cancellationToken);
        foreach (var input in build.Plan.Steps[Contributions.Mart].Inputs.Select(input => build.Plan.Steps[input]))
        {
            if (session.Describe($"select * from {input.Relation}").Exists(column => column.Name == "customer_key"))
            {
                session.Execute(
                    $"""
                    create temp view {Sql.Name(input.Name)} as
                    select *
                    from {input.Relation}
                    where customer_key in (select customer_key from concerned) or customer_key is null
                    """,
                    cancellationToken);
            }
        }

        session.Execute(
            "set variable contribution_months = (select last_month() - min(least(month_number(period_end) - 1, last_month())) + 1 from fct_kpi)", cancellationToken);
        session.Execute(
            $"""
            copy (
                select
                    contributions.kpi,
                    contributions.period_type,
                    contributions.period_start,
                    concerned.customer_key_now as customer_key,
                    {Contributions.Segments},
                    sum(contributions.numerator) as numerator,
                    sum(coalesce(contributions.denominator, 0)) as denominator
                from (
                {contributions}
                ) as contributions
                left join concerned using (customer_key)
                group by all
            ) to {Sql.Text(Parts(scratch, run))} (format parquet)
            """,
            cancellationToken);
    }
}
