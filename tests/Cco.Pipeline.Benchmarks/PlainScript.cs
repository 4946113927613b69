using System.Diagnostics;
using System.Globalization;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Benchmarks;

/// <summary>
/// The same SQL as one plain DuckDB script: every step a table, in memory or in a database file, with its rows in the same order, one step after the other, nothing
/// checked, and nothing kept but the marts: what no later step reads is dropped. Says on standard error which steps take long.
/// </summary>
internal static class PlainScript
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    public static async Task<long> RunAsync(ILake lake, DateOnly asOf, TransformOptions options, string? database)
    {
        var catalog = CatalogReader.Read(options);
        var variables = new KpiOptions().Variables(asOf);
        using var engine = Engine.Open(options, database);
        engine.SetVariables(variables);
        using var session = engine.Session();
        var raw = await RawFiles.ListAsync(lake, CancellationToken.None);
        var plan = BuildPlan.Of(catalog, raw, variables, engine.Version);
        Workshop.Furnish(engine, catalog);
        var steps = plan.Steps.Values.ToList();
        var readUntil = ReadUntil(steps);
        for (var place = 0; place < steps.Count; place++)
        {
            var began = Stopwatch.GetTimestamp();
            await StepAsync(session, steps[place], catalog, plan, raw, lake);
            SayIfLong(steps[place], Stopwatch.GetElapsedTime(began));
            foreach (var done in steps.Take(place + 1).Where((step, own) => IsDropped(step) && readUntil.GetValueOrDefault(step.Name, own) == place).ToList())
            {
                session.Execute($"drop table {done.Relation}");
            }
        }

        return plan.Steps.Count;
    }

    private static void SayIfLong(BuildStep step, TimeSpan took)
    {
        if (took >= Long)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds,7:0} s {step.Name}"));
        }
    }

    private static bool IsDropped(BuildStep step) => step.Kind is not (StepKind.Seed or StepKind.View) && step.Schema != "marts";

    /// <summary>The place of the last step that reads each step, directly or through views.</summary>
    private static Dictionary<string, int> ReadUntil(List<BuildStep> steps)
    {
        var until = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = steps.Count - 1; place >= 0; place--)
        {
            var reader = steps[place].Kind == StepKind.View ? until.GetValueOrDefault(steps[place].Name, place) : place;
            foreach (var input in steps[place].Inputs)
            {
                until[input] = Math.Max(until.GetValueOrDefault(input), reader);
            }
        }

        return until;
    }

    private static async Task StepAsync(EngineSession session, BuildStep step, Catalog catalog, BuildPlan plan, RawFiles raw, ILake lake)
    {
        switch (step.Kind)
        {
            case StepKind.Stage:
                await StageAsync(session, step, raw, lake);
                break;
            case StepKind.Entity:
                var entity = step.Name["staged.".Length..];
                var versions = string.Join(" union all by name ", plan.StagesOf(entity).Select(stage => $"select * from {stage.Relation}"));
                session.Execute($"create table {step.Relation} as {EntitySql.Current(catalog.Entities[entity], $"({versions})")}");
                break;
            case StepKind.Rejected:
                var rejected = string.Join(
                    " union all ",
                    plan.Steps.Values.Where(other => other.Kind == StepKind.Stage).Select(stage => $"select origin, rejection from {stage.Relation} where rejection is not null"));
                session.Execute(
                    $"""
                    create table {step.Relation} as
                    select origin.stream, origin."file", origin.position, origin.record_id, wrong."column" as column_name, wrong.value, wrong.reason,
                        origin.run_id, origin.extracted_at as rejected_at
                    from (select origin, unnest(rejection) as wrong from ({rejected}))
                    """);
                break;
            case StepKind.Observed:
                session.Execute($"create table {step.Relation} as {FieldShop.Nothing}");
                break;
            case StepKind.View:
                session.Execute($"create view {step.Relation} as\n{step.Model!.Text}");
                break;
            case StepKind.Table:
                session.Execute($"create table {step.Relation} as\n{TableSql.Ordered(ModelProcedures.Select(session, step.Model!, CancellationToken.None), ContractSql.OrderBy(step.Model!))}");
                break;
            case StepKind.Audit:
                session.Execute($"create table {step.Relation} as\n{step.Model!.Text}");
                break;
        }
    }

    private static async Task StageAsync(EngineSession session, BuildStep step, RawFiles raw, ILake lake)
    {
        session.Execute(StageSql.EmptyRawView(step.Model!.Stream!.Relation));
        var typed = StageSql.Typed(step.Model, step.Model.Contract!, session.Describe(step.Model.Text));
        session.Execute($"create table {step.Relation} as\n{typed}");
        foreach (var file in raw.Of(step.Model.Stream))
        {
            session.Execute(StageSql.RawView(file, await lake.LocalAsync(file.Path, CancellationToken.None), file.Path.Name));
            session.Execute($"insert into {step.Relation}\n{typed}");
        }
    }
}
