using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Finds why numbers are not what was published: the records that landed since, of the customers whose part of a number changed. What
/// customers contribute is computed as it was and as it is, for them alone and for the periods in question.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="transformer">Opens the results of the two runs.</param>
/// <param name="catalog">The models.</param>
/// <param name="scratch">Where files of this work go.</param>
internal sealed class RestatementCauses(ILake lake, Transformer transformer, Catalog catalog, ScratchFolder scratch)
{
    private static readonly string[] Identities = ["int_customer_identity", "int_customer_holder", LandedRecords.Surveys];

    /// <summary>Models that read everything for the customers and currencies it mentions. What they say of those comes from these entities.</summary>
    private static readonly Dictionary<string, string[]> Registers = new(StringComparer.Ordinal)
    {
        ["int_customer_linked"] = ["customer", "customer_link", "customer_merge"],
        ["int_currency_month"] = ["exchange_rate"],
    };

    /// <summary>Whether the models tell what customers contribute, and who is who; those of an overlay need not.</summary>
    public static bool CanFind(Catalog catalog) => Identities.Append(Contributions.Mart).All(catalog.Models.ContainsKey);

    /// <summary>Finds the records.</summary>
    /// <param name="restated">The relation of the numbers that differ, with a <c>restated_id</c> each.</param>
    /// <param name="raw">What has landed.</param>
    /// <param name="published">The run that published them.</param>
    /// <param name="report">Its report.</param>
    /// <param name="run">The run that has built them anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FoundCauses> FindAsync(
        string restated, RawFiles raw, Manifest published, RunReport report, RunRecord run, CancellationToken cancellationToken)
    {
        var files = raw.After(RunId.Parse(published.RunId)).ToHashSet();
        var landed = new LandedRecords(catalog.Entities, published.RunId);
        using var before = await new PublishedBuilds(lake, transformer, scratch).FindAsync(catalog, published, report, plan => Results(plan, files, landed), cancellationToken);
        using var after = before is null ? null : await OpenAsync(raw, files, landed, run, cancellationToken);
        if (before is null || after is null)
        {
            return new FoundCauses(before is null ? Restatements.Models : Restatements.Records, null);
        }

        await FindRecordsAsync(before.Plan, after, files, landed, cancellationToken);
        Feed(after, cancellationToken);
        after.Session.Execute($"create temp table restated as select * from {restated}", cancellationToken);
        var customers = new LandedCustomers(before.Session, after.Session, scratch);
        var isPartial = customers.Find(cancellationToken);
        foreach (var (build, name) in new[] { (before, LandedCustomers.Reported), (after, LandedCustomers.Restated) })
        {
            new RestatedParts(build, restated, scratch).Write(catalog.Models[Contributions.Mart].Text, name, cancellationToken);
        }

        var numbers = new CausedNumbers(after.Session, scratch);
        numbers.Compare(cancellationToken);
        return new FoundCauses(Restatements.Records, new FoundRecords(numbers.Count(cancellationToken), numbers.Name(cancellationToken), isPartial));
    }

    private static List<string> EntitiesOf(BuildPlan plan, HashSet<RawFile> files) =>
        [.. plan.Steps.Values.Where(step => step.Kind == StepKind.Stage && files.Any(file => file.Stream == step.Model!.Stream)).Select(stage => stage.Model!.Entity!).Distinct()];

    private static IEnumerable<string> Results(BuildPlan plan, HashSet<RawFile> files, LandedRecords landed) =>
        EntitiesOf(plan, files).SelectMany(landed.Read).Distinct().Select(entity => $"staged.{entity}").Concat(Identities);

    /// <summary>The results of the run itself, unless something has landed since it built them.</summary>
    private async Task<OpenBuild?> OpenAsync(RawFiles raw, HashSet<RawFile> files, LandedRecords landed, RunRecord run, CancellationToken cancellationToken)
    {
        var isTheSame = true;
        var build = await transformer.OpenAsync(new BuildInputs(catalog, raw, run.Settings), Choose, new NoProgress(), scratch, cancellationToken);
        if (isTheSame)
        {
            return build;
        }

        build.Dispose();
        return null;

        IReadOnlyList<string> Choose(BuildPlan plan)
        {
            isTheSame = run.Models.Single(model => model.Name == KpiComparison.Kpis).Fingerprint == plan.Steps[KpiComparison.Kpis].Fingerprint;
            return isTheSame ? [.. plan.Steps[Contributions.Mart].Inputs.Union(Results(plan, files, landed))] : [];
        }
    }

    /// <summary>The records that landed since and say something new: <c>landed_record</c>.</summary>
    private async Task FindRecordsAsync(BuildPlan before, OpenBuild after, HashSet<RawFile> files, LandedRecords landed, CancellationToken cancellationToken)
    {
        var selects = new List<string>();
        foreach (var entity in EntitiesOf(after.Plan, files))
        {
            var was = await lake.LocalAsync(before.Steps[$"staged.{entity}"].Path, cancellationToken);
            var copies = after.Plan.StagesOf(entity)
                .SelectMany(stage => files.Where(file => file.Stream == stage.Model!.Stream).Select(file => stage.CopyOf(file)));
            var local = new List<string>();
            foreach (var copy in copies)
            {
                local.Add(await lake.LocalAsync(copy, cancellationToken));
            }

            selects.Add(landed.Select(entity, Sql.Parquet([was]), local));
        }

        after.Session.Execute(
            $"""
            create temp table landed_record as
            select
                row_number() over (order by entity, raw_file, position, record_id) as landed_id,
                * exclude (named_customers)
            from (
            {string.Join("\nunion all\n", selects)}
            )
            """,
            cancellationToken);
    }

    /// <summary>Which entities feed the model that a KPI comes from: <c>fed</c>.</summary>
    private void Feed(OpenBuild build, CancellationToken cancellationToken)
    {
        build.Session.Execute("create temp table fed (kpi varchar, entity varchar)", cancellationToken);
        foreach (var model in catalog.Kpis.GroupBy(kpi => kpi.Model))
        {
            var entities = build.Plan.EntitiesBehind(model.Key, Registers);
            build.Session.Execute(
                $"""
                insert into fed
                select unnest([{string.Join(", ", model.Select(kpi => Sql.Text(kpi.Name)))}]) as kpi, entity
                from (select unnest([{string.Join(", ", entities.Select(Sql.Text))}]::varchar[]) as entity)
                """,
                cancellationToken);
        }
    }
}

/// <summary>What was found of numbers that differ.</summary>
/// <param name="Cause">Why they do.</param>
/// <param name="Records">The records, where they are the cause; null: not known, as something has landed since the run built.</param>
internal sealed record FoundCauses(string Cause, FoundRecords? Records);

/// <summary>The records behind numbers that differ, by their <c>restated_id</c>.</summary>
/// <param name="Counts">The relation of how many each has.</param>
/// <param name="Named">The relation of those that are named.</param>
/// <param name="IsPartial">Not all customers with new records were looked at.</param>
internal sealed record FoundRecords(string Counts, string Named, bool IsPartial);
