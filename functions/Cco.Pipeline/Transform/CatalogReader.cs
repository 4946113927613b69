namespace Cco.Pipeline.Transform;

/// <summary>Reads the SQL folders into a <see cref="Catalog"/> and says everything that is wrong with them at once.</summary>
public static class CatalogReader
{
    private const string ContractEnding = ".contract.sql";

    /// <summary>Reads and checks all files; contracts, models, macros and KPIs beside one another.</summary>
    /// <exception cref="TransformException">Something is wrong; all problems are named.</exception>
    public static Catalog Read(TransformOptions options)
    {
        var files = SqlFolder.Files(options);
        var problems = new List<SqlProblem>();
        var readingKpis = Task.Run(() => Kpis(files));
        using var parser = new SqlParser();
        var macros = Macros(files, parser, problems);
        var readingContracts = Task.Run(() => Contracts(files, parser));
        var readingMacros = Task.Run(parser.Macros);
        var models = Models(files, parser, problems);
        var (contracts, contractProblems) = readingContracts.GetAwaiter().GetResult();
        problems.AddRange(contractProblems);
        foreach (var model in models.Values.ToList())
        {
            models[model.Name] = model with { Contract = contracts.GetValueOrDefault(model.Entity ?? model.Name) };
        }

        var seeds = Seeds(files, contracts, problems);
        var entities = contracts.Values.Where(contract => InFolder(contract.File, "models/conformed")).ToDictionary(Name, StringComparer.Ordinal);
        foreach (var (name, contract) in entities.Where(entity => !models.ContainsKey(entity.Key)))
        {
            models[name] = EntitySql.Default(name, contract);
        }

        var unread = problems.Select(problem => Path.GetFileName(problem.File).Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var macroReferences = readingMacros.GetAwaiter().GetResult();
        parser.Keep();
        problems.AddRange(CatalogCheck.Problems(macroReferences));
        problems.AddRange(CatalogCheck.Problems(models, entities, seeds, contracts.Values, macroReferences, unread));
        var (kpis, kpiProblems) = readingKpis.GetAwaiter().GetResult();
        problems.AddRange(kpiProblems);
        problems.AddRange(KpiFile.Problems(kpis, models));
        return problems.Count > 0
            ? throw new TransformException(problems)
            : new Catalog(
                ModelOrder.Sort(models), entities, seeds, macros, macroReferences, kpis, Landing(files));
    }

    internal static string Name(Contract contract) => Path.GetFileName(contract.File)[..^ContractEnding.Length];

    private static bool InFolder(string file, string folder) => file.StartsWith(folder + "/", StringComparison.Ordinal);

    private static (Dictionary<string, Contract> Contracts, List<SqlProblem> Problems) Contracts(
        SortedDictionary<string, string> files, SqlParser parser)
    {
        var problems = new List<SqlProblem>();
        using var session = parser.Session();
        var contracts = ContractReader.Read(
            [.. files.Where(file => file.Key.EndsWith(ContractEnding, StringComparison.Ordinal)).Select(file => (file.Key, File.ReadAllText(file.Value)))],
            session,
            problems);
        AddCheckReferences(contracts, parser, problems);
        return (contracts, problems);
    }

    private static void AddCheckReferences(Dictionary<string, Contract> contracts, SqlParser parser, List<SqlProblem> problems)
    {
        var withChecks = contracts.Where(contract => contract.Value.Checks.Count > 0).ToList();
        var selects = withChecks.Select(contract => (contract.Value.File, $"select {string.Join(", ", contract.Value.Checks.Select(check => check.Expression))}"));
        foreach (var ((name, contract), references) in withChecks.Zip(parser.Read([.. selects], problems)))
        {
            contracts[name] = contract with { CheckReferences = references! };
        }
    }

    private static (IReadOnlyList<Kpi> Kpis, List<SqlProblem> Problems) Kpis(SortedDictionary<string, string> files)
    {
        var problems = new List<SqlProblem>();
        IReadOnlyList<Kpi> kpis = [];
        Attempt(problems, () => kpis = KpiFile.Read(files));
        return (kpis, problems);
    }

    /// <summary>The macros' files, in an order in which they can be defined: a file may use the macros of any other.</summary>
    private static List<string> Macros(SortedDictionary<string, string> files, SqlParser parser, List<SqlProblem> problems)
    {
        var texts = new List<string>();
        var waiting = files.Where(file => !file.Key.Contains('/', StringComparison.Ordinal) && file.Key.EndsWith(".sql", StringComparison.Ordinal))
            .Select(file => (file.Key, Text: File.ReadAllText(file.Value)))
            .ToList();
        while (waiting.Count > 0)
        {
            var failed = new List<SqlProblem>();
            var left = waiting.Where(file => !IsDefined(parser, file.Key, file.Text, failed)).ToList();
            texts.AddRange(waiting.Except(left).Select(file => file.Text));
            if (left.Count == waiting.Count)
            {
                problems.AddRange(failed);
                break;
            }

            waiting = left;
        }

        return texts;
    }

    private static bool IsDefined(SqlParser parser, string file, string text, List<SqlProblem> problems)
    {
        var before = problems.Count;
        Attempt(problems, () => parser.Define(file, text));
        return problems.Count == before;
    }

    private static Dictionary<string, Model> Models(SortedDictionary<string, string> files, SqlParser parser, List<SqlProblem> problems)
    {
        var texts = new List<(string File, string Text)>();
        foreach (var (file, path) in files.Where(file => file.Key.EndsWith(".sql", StringComparison.Ordinal) && !file.Key.EndsWith(ContractEnding, StringComparison.Ordinal)))
        {
            if (LayerOf(file) is not null)
            {
                texts.Add((file, File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd().TrimEnd(';')));
            }
            else if (file.Contains('/', StringComparison.Ordinal))
            {
                problems.Add(SqlProblem.In(file, "models stand in models/staging, models/conformed, models/intermediate or models/marts, audits in audits/."));
            }
        }

        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var ((file, text), references) in texts.Zip(parser.Read(texts, problems)))
        {
            Attempt(problems, () => AddModel(models, file, text, references));
        }

        return models;
    }

    private static void AddModel(Dictionary<string, Model> models, string file, string text, SqlReferences? references)
    {
        var (name, layer) = (Path.GetFileNameWithoutExtension(file), LayerOf(file)!.Value);
        try
        {
            var header = layer == Layer.Audits ? new ModelHeader(name.Replace('_', ' '), false, false) : ModelHeader.Parse(text);
            if (references is not null && !models.TryAdd(name, new Model(name, layer, file, text, header, references, Contract: null)))
            {
                throw new TransformException(SqlProblem.In(file, $"there is another model of that name in {models[name].File}; names are unique over all layers."));
            }
        }
        catch (FormatException exception)
        {
            throw new TransformException(SqlProblem.At(file, text, 0, exception.Message));
        }
    }

    private static Layer? LayerOf(string file) =>
        InFolder(file, "models/staging") ? Layer.Staging
        : InFolder(file, "models/conformed") ? Layer.Conformed
        : InFolder(file, "models/intermediate") ? Layer.Intermediate
        : InFolder(file, "models/marts") ? Layer.Marts
        : InFolder(file, "audits") ? Layer.Audits
        : null;

    private static Dictionary<string, Seed> Seeds(
        SortedDictionary<string, string> files, Dictionary<string, Contract> contracts, List<SqlProblem> problems)
    {
        var seeds = new Dictionary<string, Seed>(StringComparer.Ordinal);
        foreach (var (file, path) in files.Where(file => InFolder(file.Key, "seeds") && file.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (contracts.TryGetValue(name, out var contract))
            {
                seeds[name] = new Seed(name, path, File.ReadAllText(path), contract);
            }
            else
            {
                problems.Add(SqlProblem.In(file, $"a seed needs its contract: seeds/{name}{ContractEnding}."));
            }
        }

        return seeds;
    }

    private static Dictionary<string, string> Landing(SortedDictionary<string, string> files) =>
        files.Where(file => InFolder(file.Key, "landing")).ToDictionary(file => file.Key, file => File.ReadAllText(file.Value), StringComparer.Ordinal);

    private static void Attempt(List<SqlProblem> problems, Action action)
    {
        try
        {
            action();
        }
        catch (TransformException exception)
        {
            problems.AddRange(exception.Problems);
        }
    }
}
