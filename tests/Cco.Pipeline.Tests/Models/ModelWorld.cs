using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Models;

/// <summary>The conformed entities of one case in an engine, and the models built from them as tables.</summary>
internal sealed class ModelWorld : IDisposable
{
    private readonly string folder;
    private readonly ModelBench bench = ModelBench.Take();
    private readonly ModelSession session;

    private ModelWorld(string folder)
    {
        this.folder = folder;
        session = bench.Begin(Variables());
    }

    /// <summary>The delivered models.</summary>
    public static Catalog Catalog => ModelBench.Catalog;

    public static ModelWorld Load(string folder) => new(folder);

    /// <summary>The models themselves, and the models, entities and seeds that they read.</summary>
    public static IReadOnlySet<string> Needed(params IReadOnlyList<string> targets)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            Need(target, needed);
        }

        return needed;
    }

    /// <summary>Builds models and what they read, once.</summary>
    public void Build(params IReadOnlyList<string> targets)
    {
        var needed = Needed(targets);
        Catalog.Entities.Keys.Where(needed.Contains).ToList().ForEach(entity => Load("conformed", entity));
        Load("staged", BuildPlan.Rejected);
        Load("staged", BuildPlan.Observed);
        foreach (var model in Catalog.Models.Values.Where(model => needed.Contains(model.Name) && ModelBench.IsBuilt(model)))
        {
            session.Fill(model);
        }
    }

    /// <summary>The rows that are missing and those that should not be there; empty where the model gives exactly what is expected.</summary>
    public string Difference(string model)
    {
        var relation = Catalog.Models[model].Relation;
        var expected = Path.Combine(folder, "expected.csv");
        var types = session.Engine.Describe($"select * from {relation}").ToDictionary(column => column.Name, column => column.Type);
        var columns = File.ReadLines(expected).First().Split(',');
        var typed = string.Join(", ", columns.Select(column => $"cast({Sql.Name(column)} as {types[column]}) as {Sql.Name(column)}"));
        var rows = Path.Combine(folder, "rows.sql");
        var condition = File.Exists(rows) ? File.ReadAllText(rows) : "true";
        return string.Concat(session.Engine.Query(
            $"""
            with
                expected as materialized (select {typed} from read_csv({Sql.Text(expected)}, header = true, all_varchar = true)),
                given as materialized (select {Sql.Names(columns)} from {relation} where {condition}
                )
            select 'missing:    ' as what, to_json(missing)::varchar from (select * from expected except all select * from given) as missing
            union all
            select 'unexpected: ', to_json(unexpected)::varchar from (select * from given except all select * from expected) as unexpected
            order by all
            """,
            reader => $"\n{reader.GetString(0)}{reader.GetString(1)}"));
    }

    /// <summary>What breaks the model's contract.</summary>
    public string Broken(string model)
    {
        var built = Catalog.Models[model];
        return built.Contract is { } contract && built.Layer == Layer.Marts
            ? string.Join('\n', session.Engine.Query(ContractSql.ShowBroken(contract, built.Relation), reader => $"{reader.GetString(0)}: {reader.GetString(1)}"))
            : "";
    }

    /// <summary>The rows of a query over what was built, each as its values joined by '|'.</summary>
    public IReadOnlyList<string> Query(string sql) => session.Engine.Query(
        sql, reader => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => CsvText.Plain(reader.IsDBNull(column) ? null : reader.GetValue(column)))));

    public void Dispose() => bench.End(session);

    private static void Need(string name, HashSet<string> needed)
    {
        if (needed.Add(name) && Catalog.Models.TryGetValue(name, out var model))
        {
            ModelOrder.Inputs(model).ToList().ForEach(input => Need(input, needed));
        }
    }

    /// <summary>Gives a table the rows of the case's file, if it has one.</summary>
    private void Load(string schema, string table)
    {
        var file = Path.Combine(folder, $"{table}.csv");
        if (File.Exists(file))
        {
            session.Engine.Execute($"insert into {schema}.{Sql.Name(table)} by name select * from read_csv({Sql.Text(file)}, header = true, all_varchar = true)");
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = ModelBench.DefaultVariables.ToDictionary();
        var file = Path.Combine(folder, "variables.csv");
        foreach (var line in File.Exists(file) ? File.ReadLines(file).Skip(1) : [])
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            variables[line[..comma]] = line[(comma + 1)..];
        }

        return variables;
    }
}
