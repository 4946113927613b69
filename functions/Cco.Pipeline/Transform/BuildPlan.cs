using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>The steps of a build in an order in which each comes after its inputs, with the fingerprint of every result.</summary>
internal sealed class BuildPlan
{
    /// <summary>The step that collects the rows that went to quarantine.</summary>
    public const string Rejected = "rejected_row";

    /// <summary>The step that collects the fields of raw files.</summary>
    public const string Observed = "observed_field";

    /// <summary>The form of results: raise it when what the library itself writes around the SQL changes, so that none of the old form is used.</summary>
    private const string Form = "2";

    private readonly OrderedDictionary<string, BuildStep> steps = new(StringComparer.Ordinal);
    private readonly Catalog catalog;
    private readonly RawFiles raw;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly string engine;
    private readonly string macros;

    private BuildPlan(Catalog catalog, RawFiles raw, IReadOnlyDictionary<string, string> variables, string engine) =>
        (this.catalog, this.raw, this.variables, this.engine, macros) = (catalog, raw, variables, $"{Form}/{engine}", Fingerprint.Of(catalog.Macros));

    /// <summary>Where the step that collects the rows in quarantine keeps them.</summary>
    public static LakePath RejectedPath(string fingerprint) => new BuildStep(Rejected, StepKind.Rejected, "staged", fingerprint, []).Path;

    /// <summary>The steps by name, each after its inputs.</summary>
    public IReadOnlyDictionary<string, BuildStep> Steps => steps;

    /// <summary>What a run makes: the marts, the audits and the quarantine.</summary>
    public IEnumerable<string> Results =>
        steps.Values.Where(step => step.Schema is "marts" or "audits" || step.Kind == StepKind.Rejected).Select(step => step.Name);

    /// <summary>Plans a build; reads no data.</summary>
    /// <param name="catalog">The models.</param>
    /// <param name="raw">What has landed.</param>
    /// <param name="variables">The settings the SQL may read.</param>
    /// <param name="engine">The version of the engine that will compute.</param>
    public static BuildPlan Of(Catalog catalog, RawFiles raw, IReadOnlyDictionary<string, string> variables, string engine)
    {
        var plan = new BuildPlan(catalog, raw, variables, engine);
        plan.AddSeeds();
        plan.AddStages();
        plan.AddEntities();
        foreach (var model in catalog.Models.Values.Where(model => model.Layer != Layer.Staging))
        {
            plan.AddModel(model);
        }

        plan.AddReferences();
        return plan;
    }

    /// <summary>The staging models that feed an entity: those of the catalog, and the one of dropped files.</summary>
    public IEnumerable<BuildStep> StagesOf(string entity) => steps.Values.Where(step => step.Kind == StepKind.Stage && step.Model!.Entity == entity);

    /// <summary>The entities that a model is made of, through whatever it reads.</summary>
    /// <param name="model">The model.</param>
    /// <param name="registers">Models that only these of their inputs count of.</param>
    public IReadOnlyCollection<string> EntitiesBehind(string model, IReadOnlyDictionary<string, string[]> registers)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit(model);
        return [.. seen.Where(name => steps[name].Kind == StepKind.Entity).Select(name => name["staged.".Length..])];

        void Visit(string name)
        {
            if (seen.Add(name))
            {
                (registers.GetValueOrDefault(name) ?? steps[name].Inputs).ToList().ForEach(Visit);
            }
        }
    }

    /// <summary>Where its results are kept, and the typed copies of these raw files.</summary>
    public IEnumerable<LakePath> Files(RawFiles landed) => steps.Values.SelectMany(step => step.Kind switch
    {
        StepKind.Stage => landed.Of(step.Model!.Stream!).SelectMany(file => StageShop.CopiesOf(step, file)),
        StepKind.Observed => FieldShop.CopiesOf(landed).Prepend(step.Path),
        _ => step.IsKept ? [step.Path] : [],
    });

    private void Add(BuildStep step) => steps.Add(step.Name, step);

    private void AddSeeds()
    {
        foreach (var seed in catalog.Seeds.Values.OrderBy(seed => seed.Name, StringComparer.Ordinal))
        {
            Add(new BuildStep(seed.Name, StepKind.Seed, Layer.Seeds.Schema(), Fingerprint.Of([seed.Text, seed.Contract.Text]), []));
        }

        Add(new BuildStep(
            KpiFile.Relation, StepKind.Seed, Layer.Seeds.Schema(), Fingerprint.Of([System.Text.Json.JsonSerializer.Serialize(catalog.Kpis, PipelineJson.Compact)]), []));
    }

    private void AddStages()
    {
        var dropped = catalog.Entities.Select(entity => DroppedFileModel(entity.Key, entity.Value));
        foreach (var model in catalog.Models.Values.Where(model => model.Layer == Layer.Staging).Concat(dropped).OrderBy(model => model.Name, StringComparer.Ordinal))
        {
            var fingerprint = Fingerprint.Of([engine, model.Text, catalog.Entities[model.Entity!].Text, .. Surroundings(model.References, catalog.Entities[model.Entity!])]);
            Add(new BuildStep(model.Name, StepKind.Stage, Layer.Staging.Schema(), fingerprint, [])
            {
                Model = model with { Contract = catalog.Entities[model.Entity!] },
            });
        }

        var stages = steps.Values.Where(step => step.Kind == StepKind.Stage).ToList();
        Add(new BuildStep(
            Rejected,
            StepKind.Rejected,
            "staged",
            Fingerprint.Of([engine, .. stages.SelectMany(Staged), .. raw.Quarantined.Select(path => path.Value)]),
            [.. stages.Select(stage => stage.Name)]));
        Add(new BuildStep(Observed, StepKind.Observed, "staged", Fingerprint.Of([engine, .. RawFiles.Contents(raw.OfSources)]), []));
    }

    private static Model DroppedFileModel(string entity, Contract contract)
    {
        var text = StageSql.DroppedFiles(entity, contract);
        return new Model(
            $"stg_file__{entity}", Layer.Staging, contract.File, text, ModelHeader.Parse(text), SqlReferences.To(("raw", $"file__{entity}")), contract);
    }

    private void AddEntities()
    {
        foreach (var (entity, contract) in catalog.Entities.OrderBy(entity => entity.Key, StringComparer.Ordinal))
        {
            var stages = StagesOf(entity).ToList();
            Add(new BuildStep(
                $"staged.{entity}",
                StepKind.Entity,
                "staged",
                Fingerprint.Of([engine, contract.Text, .. stages.SelectMany(Staged)]),
                [.. stages.Select(stage => stage.Name)]));
        }
    }

    private IEnumerable<string> Staged(BuildStep stage) =>
        RawFiles.Contents(raw.Of(stage.Model!.Stream!))
            .Prepend(stage.Fingerprint).Prepend(stage.Name);

    private void AddModel(Model model)
    {
        var inputs = ModelOrder.Inputs(model)
            .Concat(model.References.Tables.Where(table => table.Schema == "staged").Select(table => table.Name is Rejected or Observed ? table.Name : $"staged.{table.Name}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        var fingerprint = Fingerprint.Of([
            engine, model.Text, model.Contract?.Text ?? "", .. Procedure(model), .. Surroundings(model.References, model.Contract), .. inputs.Select(input => steps[input].Fingerprint)]);
        var kind = model.Layer == Layer.Audits ? StepKind.Audit : model.Header.IsView ? StepKind.View : StepKind.Table;
        Add(new BuildStep(model.Name, kind, model.Layer.Schema(), fingerprint, inputs) { Model = model });
    }

    /// <summary>References between marts are audits that nobody has to write.</summary>
    private void AddReferences()
    {
        foreach (var (mart, reference) in catalog.Marts.SelectMany(mart => mart.Contract!.References.Select(reference => (mart, reference))).ToList())
        {
            var text = ContractSql.Orphans(mart.Name, reference);
            var name = $"{mart.Name}_{string.Join('_', reference.Columns)}_is_in_{reference.Table}";
            AddModel(new Model(
                name,
                Layer.Audits,
                mart.Contract!.File,
                text,
                new ModelHeader(name.Replace('_', ' '), false, false),
                SqlReferences.To(("", mart.Name), ("", reference.Table)),
                Contract: null));
        }
    }

    private static IEnumerable<string> Procedure(Model model) =>
        ModelProcedures.Find(model.Header.Procedure) is { } procedure ? [$"{procedure.Name} {procedure.Version}"] : [];

    /// <summary>The macros and settings that a select uses, or the checks of its contract, directly or through macros.</summary>
    private IEnumerable<string> Surroundings(SqlReferences references, Contract? contract)
    {
        var checks = contract?.CheckReferences ?? SqlReferences.To();
        var used = new SortedSet<string>(StringComparer.Ordinal);
        var settings = new SortedSet<string>(references.Variables.Concat(checks.Variables), StringComparer.Ordinal);
        var waiting = new Queue<string>(references.Functions.Concat(checks.Functions));
        while (waiting.TryDequeue(out var function))
        {
            if (catalog.MacroReferences.TryGetValue(function, out var macro) && used.Add(function))
            {
                settings.UnionWith(macro.Variables);
                macro.Functions.ToList().ForEach(waiting.Enqueue);
            }
        }

        return (used.Count > 0 ? [macros] : Array.Empty<string>()).Concat(settings.Select(setting => $"{setting}={variables.GetValueOrDefault(setting)}"));
    }
}
