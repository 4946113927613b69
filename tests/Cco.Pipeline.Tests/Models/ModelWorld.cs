using System.Collections.Concurrent;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Models;

/// <summary>
/// The conformed entities of one case in an engine, and the models built from them as tables. An engine with its macros and seeds takes as long to make
/// as some models: it is kept for the next case. Statements are run as they are written: with so few rows, to find a better plan takes longer than any plan.
/// The plans of the optimizer are at work wherever a whole company is built.
/// </summary>
internal sealed class ModelWorld : IDisposable
{
    private const string DefaultAsOf = "2026-01-01";

    private static readonly Lazy<Catalog> Shared = new(() => CatalogReader.Read(new TransformOptions()));
    private static readonly ConcurrentBag<Engine> Idle = [];

    private readonly Engine engine;
    private readonly EngineSession session;
    private readonly string folder;
    private readonly List<string> tables = [];

    private ModelWorld(string folder)
    {
        this.folder = folder;
        engine = Idle.TryTake(out var idle) ? idle : NewEngine();
        engine.SetVariables(Variables());
        session = engine.Session();
        session.Execute("pragma disable_optimizer");
    }

    /// <summary>The delivered models.</summary>
    public static Catalog Catalog => Shared.Value;

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
        LoadInputs(needed);
        foreach (var model in Catalog.Models.Values.Where(model => needed.Contains(model.Name) && model.Layer != Layer.Conformed))
        {
            if (targets.Contains(model.Name))
            {
                TableSql.Check(session, model);
            }

            Make(model.Relation, $"create table {model.Relation} as\n{ModelProcedures.Select(session, model, CancellationToken.None)}");
        }
    }

    /// <summary>The rows that are missing and those that should not be there; empty where the model gives exactly what is expected.</summary>
    public string Difference(string model)
    {
        var expected = Path.Combine(folder, "expected.csv");
        var types = session.Describe($"select * from {Catalog.Models[model].Relation}").ToDictionary(column => column.Name, column => column.Type);
        var columns = File.ReadLines(expected).First().Split(',');
        var typed = string.Join(", ", columns.Select(column => $"cast({Sql.Name(column)} as {types[column]}) as {Sql.Name(column)}"));
        session.Execute($"create temp table expected as select {typed} from read_csv({Sql.Text(expected)}, header = true, all_varchar = true)");
        var rows = Path.Combine(folder, "rows.sql");
        var condition = File.Exists(rows) ? File.ReadAllText(rows) : "true";
        session.Execute($"create temp table given as select {Sql.Names(columns)} from {Catalog.Models[model].Relation} where {condition}");
        return string.Concat(Rows("expected", "given", "missing:    ").Concat(Rows("given", "expected", "unexpected: ")));
    }

    /// <summary>What breaks the model's contract.</summary>
    public string Broken(string model)
    {
        var built = Catalog.Models[model];
        return built.Contract is { } contract && built.Layer == Layer.Marts
            ? string.Join('\n', session.Query(ContractSql.ShowBroken(contract, built.Relation), reader => $"{reader.GetString(0)}: {reader.GetString(1)}"))
            : "";
    }

    /// <summary>The rows of a query over what was built, each as its values joined by '|'.</summary>
    public IReadOnlyList<string> Query(string sql) => session.Query(
        sql, reader => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => CsvText.Plain(reader.IsDBNull(column) ? null : reader.GetValue(column)))));

    public void Dispose()
    {
        tables.ForEach(relation => session.Execute($"drop table {relation}"));
        session.Close();
        Idle.Add(engine);
    }

    private static Engine NewEngine()
    {
        var fresh = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
        fresh.SetVariables(new KpiOptions().Variables(DateOnly.Parse(DefaultAsOf)));
        Workshop.Furnish(fresh, Catalog);
        return fresh;
    }

    private static void Need(string name, HashSet<string> needed)
    {
        if (needed.Add(name) && Catalog.Models.TryGetValue(name, out var model))
        {
            ModelOrder.Inputs(model).ToList().ForEach(input => Need(input, needed));
        }
    }

    private List<string> Rows(string these, string those, string label) => session.Query(
        $"select to_json(difference)::varchar from (select * from {these} except all select * from {those}) as difference order by all",
        reader => $"\n{label}{reader.GetString(0)}");

    private void Make(string relation, string sql)
    {
        session.Execute(sql);
        tables.Add(relation);
    }

    /// <summary>The entities that are read, and no others.</summary>
    private void LoadInputs(IReadOnlySet<string> needed)
    {
        foreach (var (entity, contract) in Catalog.Entities.Where(entity => needed.Contains(entity.Key)))
        {
            LoadEntity(entity, contract);
        }

        Make(
            "staged.rejected_row",
            """
            create table staged.rejected_row (
                stream varchar, "file" varchar, position bigint, record_id varchar, column_name varchar, value varchar, reason varchar,
                run_id varchar, rejected_at timestamp
            )
            """);
        LoadStaged(BuildPlan.Rejected);
        Make("staged.observed_field", $"create table staged.observed_field as {FieldShop.Nothing}");
        LoadStaged(BuildPlan.Observed);
    }

    private void LoadEntity(string entity, Contract contract)
    {
        Make($"conformed.{Sql.Name(entity)}", contract.TableText);
        session.Execute($"alter table conformed.{Sql.Name(entity)} add column origin struct(stream varchar, \"file\" varchar, raw_file varchar, \"position\" bigint, record_id varchar)");
        var file = Path.Combine(folder, $"{entity}.csv");
        if (File.Exists(file))
        {
            session.Execute($"insert into conformed.{Sql.Name(entity)} by name select * from read_csv({Sql.Text(file)}, header = true, all_varchar = true)");
        }
    }

    private void LoadStaged(string name)
    {
        var file = Path.Combine(folder, $"{name}.csv");
        if (File.Exists(file))
        {
            session.Execute($"insert into staged.{name} by name select * from read_csv({Sql.Text(file)}, header = true, all_varchar = true)");
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new KpiOptions().Variables(DateOnly.Parse(DefaultAsOf)).ToDictionary();
        var file = Path.Combine(folder, "variables.csv");
        foreach (var line in File.Exists(file) ? File.ReadLines(file).Skip(1) : [])
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            variables[line[..comma]] = line[(comma + 1)..];
        }

        return variables;
    }
}
