using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>Makes the steps of one build, each in a session of its own.</summary>
internal sealed class Workshop(ILake lake, Engine engine, Catalog catalog, BuildPlan plan, RawFiles raw, TransformOptions options)
{
    private readonly Relations relations = new(engine);
    private readonly StageShop stages = new(lake, engine, raw);
    private readonly FieldShop fields = new(lake, engine, raw);

    /// <summary>Puts macros and seeds in place, which every build needs, whatever its plan.</summary>
    /// <exception cref="TransformException">A seed does not fit its contract.</exception>
    public static void Furnish(Engine engine, Catalog catalog)
    {
        using var session = engine.Session();
        catalog.Define(session);
        catalog.Seeds.Values.ToList().ForEach(seed => SeedSql.Load(session, seed));
        SeedSql.LoadKpis(session, catalog.Kpis);
    }

    /// <summary>Puts the relations of streams without files in place; from now on the engine reaches files of the lake alone, and of the folder that it shares, if any.</summary>
    public void Prepare(ScratchFolder? shared = null)
    {
        engine.Confine([lake.LocalFolder, .. shared is null ? Array.Empty<string>() : [shared.Path]]);
        using var session = engine.Session();
        foreach (var stream in plan.Steps.Values.Where(step => step.Kind == StepKind.Stage).Select(step => step.Model!.Stream!).Distinct())
        {
            session.Execute(StageSql.EmptyRawView(stream.Relation));
        }
    }

    /// <summary>Uses results that are there already, and makes the relations of those that are read: each one opens a file.</summary>
    public async Task<IReadOnlyList<BuiltModel>> ReuseAsync(IEnumerable<BuildStep> steps, IReadOnlySet<string> read, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(steps.Select(async step => (Step: step, File: await lake.LocalAsync(step.Path, cancellationToken))));
        relations.Add([.. results.Where(result => read.Contains(result.Step.Name))]);
        return [.. results.Zip(relations.Rows([.. results.Select(result => result.File)]), (result, rows) => Judged(result.Step, Result(result.Step, BuildOutcome.Unchanged, rows, null), result.File))];
    }

    /// <summary>Makes a result.</summary>
    public async Task<BuiltModel> MakeAsync(BuildStep step, CancellationToken cancellationToken)
    {
        try
        {
            switch (step.Kind)
            {
                case StepKind.Seed:
                    return Result(step, BuildOutcome.Unchanged, 0, null);
                case StepKind.Stage:
                    await stages.StageAsync(step, cancellationToken);
                    return Result(step, BuildOutcome.Built, 0, null);
                case StepKind.View:
                    relations.AddView(step);
                    return Result(step, BuildOutcome.Built, 0, null);
                default:
                    return await KeepAsync(step, cancellationToken);
            }
        }
        catch (EngineException exception)
        {
            return Result(step, BuildOutcome.Failed, 0, Problem(step, exception).ToString());
        }
        catch (TransformException exception)
        {
            return Result(step, BuildOutcome.Failed, 0, exception.Message);
        }
    }

    /// <summary>
    /// Makes the relation of a step without rows, and says why it cannot be made. As an empty table: views over views are bound again
    /// wherever they are named.
    /// </summary>
    public async Task<IReadOnlyList<SqlProblem>> BindAsync(BuildStep step, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        try
        {
            switch (step.Kind)
            {
                case StepKind.Stage:
                    stages.Check(step);
                    break;
                case StepKind.Entity:
                    var entity = step.Name["staged.".Length..];
                    var versions = await stages.VersionsAsync([], catalog.Entities[entity], cancellationToken);
                    session.Execute($"create table {step.Relation} as\n{EntitySql.Current(catalog.Entities[entity], versions)}", cancellationToken);
                    break;
                case StepKind.Rejected:
                    session.Execute($"create table {step.Relation} as\n{await stages.RejectedAsync([], cancellationToken)}", cancellationToken);
                    break;
                case StepKind.Observed:
                    session.Execute($"create table {step.Relation} as\n{FieldShop.Nothing}", cancellationToken);
                    break;
                case StepKind.Seed:
                    break;
                default:
                    TableSql.Check(session, step.Model!);
                    session.Execute($"create table {step.Relation} as\n{ModelProcedures.Select(session, step.Model!, cancellationToken)}", cancellationToken);
                    break;
            }

            return [];
        }
        catch (EngineException exception)
        {
            return [Problem(step, exception)];
        }
        catch (TransformException exception)
        {
            return exception.Problems;
        }
    }

    public static BuiltModel Result(BuildStep step, BuildOutcome outcome, long rows, string? error)
    {
        var layer = step.Model?.Layer.Schema() ?? step.Schema;
        return new BuiltModel(step.Name, layer, outcome, step.Fingerprint, step.IsKept ? step.Path : null, rows, TimeSpan.Zero, error);
    }

    private static SqlProblem Problem(BuildStep step, EngineException exception) => exception.IsTooLarge
        ? SqlProblem.In(
            step.Model?.File ?? step.Name,
            $"does not fit into memory, even with one thread: raise the setting Transform:MemoryLimit, or Transform:Buckets for a model of customers. {exception.Message}")
        : step.Model is { } model
        ? SqlProblem.FromEngine(model.File, model.Text, exception.Message, linesBefore: 1)
        : SqlProblem.In(step.Name, exception.Message);

    private async Task<BuiltModel> KeepAsync(BuildStep step, CancellationToken cancellationToken)
    {
        var scratch = engine.Scratch.File($"{step.Name}.parquet");
        var written = await WriteInMemoryAsync(step, scratch, cancellationToken);
        await lake.ImportOnceAsync(scratch, step.Path, cancellationToken);
        var local = await lake.LocalAsync(step.Path, cancellationToken);
        relations.Add(step, local, written.Parts);
        return Judged(step, Result(step, BuildOutcome.Built, written.Rows, null), local);
    }

    /// <summary>Writes the result; with one thread, if it does not fit into memory with all of them, and then with all memory.</summary>
    private async Task<KeptResult> WriteInMemoryAsync(BuildStep step, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(step, file, cancellationToken);
        }
        catch (EngineException exception) when (exception.IsTooLarge)
        {
            using var oneThread = engine.WithOneThread();
            try
            {
                return await WriteAsync(step, file, cancellationToken);
            }
            catch (EngineException again) when (again.IsTooLarge)
            {
                using var allMemory = engine.WithAllMemory();
                return await WriteAsync(step, file, cancellationToken);
            }
        }
    }

    /// <summary>Writes the result to a local file.</summary>
    private async Task<KeptResult> WriteAsync(BuildStep step, string file, CancellationToken cancellationToken)
    {
        using var session = engine.Session();
        switch (step.Kind)
        {
            case StepKind.Entity:
                var entity = step.Name["staged.".Length..];
                var versions = await stages.VersionsAsync(plan.StagesOf(entity), catalog.Entities[entity], cancellationToken);
                return new KeptResult(TableSql.Copy(session, step, EntitySql.Current(catalog.Entities[entity], versions), "", file, cancellationToken), []);
            case StepKind.Rejected:
                var select = await stages.RejectedAsync(plan.Steps.Values.Where(stage => stage.Kind == StepKind.Stage), cancellationToken);
                return new KeptResult(TableSql.Copy(session, step, select, "order by all", file, cancellationToken), []);
            case StepKind.Observed:
                return new KeptResult(TableSql.Copy(session, step, await fields.ObservedAsync(cancellationToken), "order by all", file, cancellationToken), []);
            case StepKind.Table when step.Model!.Header.IsCustomerScoped && options.Buckets > 1:
                return new BucketShop(engine, plan, relations, options.Buckets).Write(step, file, cancellationToken);
            default:
                return new KeptResult(TableSql.Write(session, step, file, cancellationToken), []);
        }
    }

    /// <summary>An audit that found rows has failed, now or before.</summary>
    private BuiltModel Judged(BuildStep step, BuiltModel result, string local)
    {
        if (step.Kind != StepKind.Audit || result.Rows == 0)
        {
            return result;
        }

        using var session = engine.Session();
        var found = session.Query($"select to_json(found)::varchar from {Sql.Parquet([local])} as found limit 5", reader => reader.GetString(0));
        var error = $"{step.Model!.File}: the audit '{step.Name}' found {result.Rows} rows that should not exist, such as\n    {string.Join("\n    ", found)}";
        return result with { Outcome = BuildOutcome.Failed, Error = error };
    }
}
