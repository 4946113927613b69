using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>Builds the marts from what has landed; what was built before from the same inputs is used as it is.</summary>
public sealed class Transformer(ILake lake, TransformOptions options, KpiOptions kpis, TimeProvider time)
{
    /// <summary>Raw files of no more bytes take longer to share between threads than to work on: models are built side by side then, each with one.</summary>
    private const long LittleData = 16 << 20;

    /// <summary>Builds every mart and audit, and what they need.</summary>
    /// <param name="catalog">The models.</param>
    /// <param name="asOf">The first day that is not covered.</param>
    /// <param name="progress">Hears of each result as it is there, and first of the number of results to come.</param>
    /// <param name="cancellationToken">Ends the build; what was finished stays and is not built again.</param>
    /// <returns>The results in the order of their dependencies. Failures are among them, not thrown.</returns>
    /// <exception cref="TransformException">A macro or seed is wrong, so that nothing can be built.</exception>
    public async Task<IReadOnlyList<BuiltModel>> BuildAsync(
        Catalog catalog, DateOnly asOf, IBuildProgress progress, CancellationToken cancellationToken)
    {
        var variables = kpis.Variables(asOf);
        using var engine = Engine.Open(options);
        engine.SetVariables(variables);
        var (raw, plan) = await PlanAsync(catalog, variables, engine, cancellationToken);
        var workshop = new Workshop(lake, engine, catalog, plan, raw, options);
        workshop.Prepare();

        var needed = await NeededSteps.FindAsync(plan, plan.Results, lake, cancellationToken);
        using var oneThread = raw.Length <= LittleData ? engine.WithOneThread() : null;
        return await BuildAsync(plan, needed, needed.Inputs(plan), workshop, progress, cancellationToken);
    }

    /// <summary>Opens results of a build that has been, for questions; what is not in the lake any more is made again.</summary>
    /// <param name="inputs">What the build was made of.</param>
    /// <param name="choose">Names the results, having looked whether the plan is the one that was meant.</param>
    /// <param name="progress">Hears of each result.</param>
    /// <param name="shared">A folder through which it exchanges files with others; null: there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TransformException">A result was to be made again and cannot be.</exception>
    internal async Task<OpenBuild> OpenAsync(
        BuildInputs inputs, Func<BuildPlan, IReadOnlyList<string>> choose, IBuildProgress progress, ScratchFolder? shared, CancellationToken cancellationToken)
    {
        var engine = Engine.Open(options);
        try
        {
            engine.SetVariables(inputs.Variables);
            var plan = BuildPlan.Of(inputs.Catalog, inputs.Raw, inputs.Variables, engine.Version);
            var results = choose(plan);
            Workshop.Furnish(engine, inputs.Catalog);
            var workshop = new Workshop(lake, engine, inputs.Catalog, plan, inputs.Raw, options);
            workshop.Prepare(shared);
            var needed = await NeededSteps.FindAsync(plan, results, lake, cancellationToken);
            var built = await BuildAsync(plan, needed, needed.All, workshop, progress, cancellationToken);
            return built.FirstOrDefault(model => model.Outcome == BuildOutcome.Failed) is { } failed
                ? throw new TransformException(SqlProblem.In(failed.Name, failed.Error!))
                : new OpenBuild(engine, engine.Session(), plan);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Plans builds; reads no data.</summary>
    internal IReadOnlyList<BuildPlan> Plan(IReadOnlyList<BuildInputs> builds)
    {
        using var engine = Engine.Open(options);
        return [.. builds.Select(build => BuildPlan.Of(build.Catalog, build.Raw, build.Variables, engine.Version))];
    }

    /// <summary>Binds every model to what it reads, without reading data: unknown columns, wrong types and broken promises show.</summary>
    /// <returns>What is wrong; empty where everything fits together.</returns>
    public async Task<IReadOnlyList<SqlProblem>> CheckAsync(Catalog catalog, DateOnly asOf, CancellationToken cancellationToken)
    {
        var nothing = new RawFiles(new Dictionary<StreamName, IReadOnlyList<RawFile>>(), []);
        var variables = kpis.Variables(asOf);
        using var engine = Engine.Open(options);
        engine.SetVariables(variables);
        var plan = BuildPlan.Of(catalog, nothing, variables, engine.Version);
        Workshop.Furnish(engine, catalog);
        var workshop = new Workshop(lake, engine, catalog, plan, nothing, options);
        workshop.Prepare();
        var problems = new List<SqlProblem>();
        foreach (var step in plan.Steps.Values)
        {
            problems.AddRange(await workshop.BindAsync(step, cancellationToken));
        }

        return problems;
    }

    /// <summary>Plans a build of what has landed, while its engine is furnished.</summary>
    private async Task<(RawFiles Raw, BuildPlan Plan)> PlanAsync(Catalog catalog, IReadOnlyDictionary<string, string> variables, Engine engine, CancellationToken cancellationToken)
    {
        var furnishing = Task.Run(() => Workshop.Furnish(engine, catalog), CancellationToken.None);
        try
        {
            var raw = await RawFiles.ListAsync(lake, cancellationToken);
            return (raw, BuildPlan.Of(catalog, raw, variables, engine.Version));
        }
        finally
        {
            await furnishing;
        }
    }

    /// <summary>Makes what is needed; of what is there already, the relations that are read are opened.</summary>
    private async Task<IReadOnlyList<BuiltModel>> BuildAsync(
        BuildPlan plan, NeededSteps needed, IReadOnlySet<string> read, Workshop workshop, IBuildProgress progress, CancellationToken cancellationToken)
    {
        progress.Planned(needed.ToBuild.Count);
        using var places = new Places(options);
        var steps = plan.Steps.Values.Where(step => needed.All.Contains(step.Name)).ToList();
        var reused = await workshop.ReuseAsync(steps.Where(step => !needed.ToBuild.Contains(step.Name)), read, cancellationToken);
        var tasks = reused.ToDictionary(model => model.Name, Task.FromResult, StringComparer.Ordinal);
        foreach (var step in steps.Where(step => needed.ToBuild.Contains(step.Name)))
        {
            tasks[step.Name] = BuildAfterAsync(step, [.. step.Inputs.Select(input => tasks[input])], workshop, places, progress, cancellationToken);
        }

        return await Task.WhenAll(steps.Select(step => tasks[step.Name]));
    }

    private async Task<BuiltModel> BuildAfterAsync(
        BuildStep step, IReadOnlyList<Task<BuiltModel>> inputs, Workshop workshop, Places places, IBuildProgress progress, CancellationToken cancellationToken)
    {
        var failed = (await Task.WhenAll(inputs)).FirstOrDefault(input => !input.IsGood);
        using var place = await places.TakeAsync(step, cancellationToken);
        progress.Started(step.Name);
        var started = time.GetTimestamp();
        var built = failed is null
            ? await Task.Run(() => workshop.MakeAsync(step, cancellationToken), cancellationToken)
            : Workshop.Result(step, BuildOutcome.Skipped, 0, $"'{failed.Name}', which it reads, failed.");
        built = built with { Duration = time.GetElapsedTime(started) };
        progress.Finished(built);
        return built;
    }
}
