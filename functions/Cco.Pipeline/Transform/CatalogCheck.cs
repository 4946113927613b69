namespace Cco.Pipeline.Transform;

/// <summary>The rules that hold between the files of the SQL folders.</summary>
internal static class CatalogCheck
{
    private static readonly HashSet<string> Ambient = new(StringComparer.Ordinal)
    {
        "now", "current_date", "current_time", "current_timestamp", "get_current_time", "get_current_timestamp", "today", "localtime",
        "localtimestamp", "transaction_timestamp", "random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "setseed", "getenv", "nextval",
    };

    /// <summary>What may stand in place of a table besides macros; every other such function of DuckDB reads files, or what is not of the models.</summary>
    private static readonly HashSet<string> TableFunctions = new(StringComparer.Ordinal) { "unnest", "range", "generate_series", "json_each", "json_tree" };

    /// <summary>The macros that reach outside of the models.</summary>
    public static IEnumerable<SqlProblem> Problems(IReadOnlyDictionary<string, SqlReferences> macros) => macros
        .SelectMany(macro => Outside(macro.Value, macros.Keys).Select(message => SqlProblem.In($"the macro '{macro.Key}'", message)));

    /// <summary>Everything that is wrong, but what is missing only because its file, one of the unread ones, is wrong itself.</summary>
    public static IEnumerable<SqlProblem> Problems(
        Dictionary<string, Model> models,
        Dictionary<string, Contract> entities,
        Dictionary<string, Seed> seeds,
        IEnumerable<Contract> contracts,
        IReadOnlyDictionary<string, SqlReferences> macros,
        HashSet<string> unread)
    {
        foreach (var model in models.Values.OrderBy(model => model.File, StringComparer.Ordinal))
        {
            foreach (var message in Layers(model, models, entities, seeds, unread).Concat(Outside(model.References, macros.Keys)).Concat(Form(model, models, entities)))
            {
                yield return SqlProblem.In(model.File, message);
            }
        }

        foreach (var contract in contracts)
        {
            var name = CatalogReader.Name(contract);
            if (!models.ContainsKey(name) && !seeds.ContainsKey(name) && !unread.Contains(name))
            {
                yield return SqlProblem.In(contract.File, $"there is no model or seed '{name}' to fill this table.");
            }
        }
    }

    private static IEnumerable<string> Layers(
        Model model, Dictionary<string, Model> models, Dictionary<string, Contract> entities, Dictionary<string, Seed> seeds, HashSet<string> unread)
    {
        foreach (var (schema, name) in model.References.Tables.Where(table => !unread.Contains(table.Name)).Order())
        {
            var problem = (schema, model.Layer) switch
            {
                ("raw", Layer.Staging) => StreamName.FromRelation(name) is null ? $"'raw.{name}' is no stream: write raw.<source>__<stream>." : null,
                ("raw", _) => $"only staging models read raw data: move 'raw.{name}' into models/staging.",
                ("staged", Layer.Conformed) => entities.ContainsKey(name) ? null : $"'staged.{name}': there is no conformed entity '{name}'.",
                ("staged", _) when name is BuildPlan.Rejected or BuildPlan.Observed && model.Layer != Layer.Staging => null,
                ("staged", _) => $"only conformed models read 'staged.{name}'; read '{name}'.",
                ("" or "marts" or "intermediate" or "conformed" or "seeds", _) => Named(model, name, models, seeds),
                _ => $"there is no schema '{schema}'.",
            };
            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    private static string? Named(Model model, string name, Dictionary<string, Model> models, Dictionary<string, Seed> seeds)
    {
        if (seeds.ContainsKey(name) || name == KpiFile.Relation)
        {
            return model.Layer.MayRead(Layer.Seeds) ? null : $"a {model.Layer.Schema()} model does not read seeds.";
        }

        return models.TryGetValue(name, out var read)
            ? model.Layer.MayRead(read.Layer) ? null : $"a model of {model.Layer.Schema()} does not read '{name}' of {read.Layer.Schema()}."
            : $"there is no model or seed '{name}'{Suggestion(name, models.Keys.Concat(seeds.Keys))}.";
    }

    private static string Suggestion(string name, IEnumerable<string> names) =>
        names.FirstOrDefault(other => other.Contains(name, StringComparison.Ordinal) || name.Contains(other, StringComparison.Ordinal)) is { } near
            ? $"; did you mean '{near}'?"
            : "";

    /// <summary>What makes a result depend on more than its inputs, or reads what is not of the models, such as a file.</summary>
    private static IEnumerable<string> Outside(SqlReferences references, IEnumerable<string> macros) => references.Functions.Where(Ambient.Contains)
        .Union(references.TableFunctions.Except(TableFunctions, StringComparer.Ordinal).Except(macros, StringComparer.Ordinal), StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Take(1)
        .Select(outside => $"'{outside}' makes the result depend on more than its inputs: read a model, or getvariable('as_of') for today.");

    private static IEnumerable<string> Form(Model model, Dictionary<string, Model> models, Dictionary<string, Contract> entities)
    {
        if (model.References.CommonTables.FirstOrDefault(models.ContainsKey) is { } common)
        {
            yield return $"the CTE '{common}' takes the name of a model: call it what it is here.";
        }

        if (model.Layer == Layer.Marts && model.Contract is null)
        {
            yield return $"a mart has a contract beside it: '{model.Name}.contract.sql'.";
        }

        if (model.Header.Procedure is { } name && ProcedureForm(model, name) is { } misuse)
        {
            yield return misuse;
        }

        if (model.Layer == Layer.Staging && StagingForm(model, entities) is { } form)
        {
            yield return form;
        }
    }

    private static string? ProcedureForm(Model model, string name) =>
        ModelProcedures.Find(name) is null ? $"there is no procedure '{name}'; there are {string.Join(", ", ModelProcedures.Names)}."
        : model.Layer is not (Layer.Intermediate or Layer.Marts) || model.Header.IsView ? "a procedure makes the rows of tables in models/intermediate or models/marts."
        : model.Contract is null ? $"a model with a procedure has a contract beside it, which says what rows it makes: '{model.Name}.contract.sql'."
        : null;

    private static string? StagingForm(Model model, Dictionary<string, Contract> entities)
    {
        var parts = model.Name.Split("__");
        return !model.Name.StartsWith("stg_", StringComparison.Ordinal) || parts.Length is < 2 or > 3
                ? "a staging model is called stg_<source>__<entity>, or stg_<source>__<entity>__<variant>."
            : !entities.ContainsKey(parts[1]) ? $"there is no conformed entity '{parts[1]}'{Suggestion(parts[1], entities.Keys)}."
            : model.References.Tables.Count(table => table.Schema == "raw") != 1 || model.References.Tables.Count != 1
                ? "a staging model reads exactly one raw stream and joins nothing: join in models/intermediate."
            : null;
    }
}
