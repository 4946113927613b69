using System.Collections.Concurrent;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Models;

/// <summary>
/// An engine with a table for every entity and every model, all of them empty, and the statements that fill those of models. To bind a model takes longer than
/// to run it over the rows of a case: it is bound once for all cases with the same variables, and a case is a transaction that is rolled back.
/// Statements are run as they are written: with so few rows, to find a better plan takes longer than any plan. The plans of the optimizer are at work
/// wherever a whole company is built.
/// </summary>
internal sealed class ModelBench
{
    private static readonly Lazy<Catalog> Shared = new(() => CatalogReader.Read(new TransformOptions()));
    private static readonly ConcurrentBag<ModelBench> Idle = [];

    private readonly Engine engine = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
    private readonly Dictionary<string, ModelSession> sessions = new(StringComparer.Ordinal);

    private ModelBench()
    {
        engine.SetVariables(DefaultVariables);
        Workshop.Furnish(engine, Catalog);
        using var session = engine.Session();
        Catalog.Entities.ToList().ForEach(entity => MakeEntity(session, entity.Key, entity.Value));
        session.Execute(
            $"""
            create table staged.{BuildPlan.Rejected} (
                stream varchar, "file" varchar, position bigint, record_id varchar, column_name varchar, value varchar, reason varchar,
                run_id varchar, rejected_at timestamp
            )
            """);
        session.Execute($"create table staged.{BuildPlan.Observed} as {FieldShop.Nothing}");
        Catalog.Models.Values.Where(IsBuilt).ToList().ForEach(model => MakeModel(session, model));
    }

    /// <summary>The delivered models.</summary>
    public static Catalog Catalog => Shared.Value;

    /// <summary>The settings that are delivered, at the start of 2026.</summary>
    public static IReadOnlyDictionary<string, string> DefaultVariables => new KpiOptions().Variables(new DateOnly(2026, 1, 1));

    /// <summary>A bench that nobody else uses until it is given back.</summary>
    public static ModelBench Take() => Idle.TryTake(out var idle) ? idle : new ModelBench();

    /// <summary>Whether cases build the model, and are not given its rows.</summary>
    public static bool IsBuilt(Model model) => model.Layer is Layer.Intermediate or Layer.Marts or Layer.Audits;

    /// <summary>Begins a case with its variables.</summary>
    public ModelSession Begin(IReadOnlyDictionary<string, string> variables)
    {
        var key = string.Join('\n', variables.OrderBy(variable => variable.Key, StringComparer.Ordinal));
        if (!sessions.TryGetValue(key, out var session))
        {
            engine.SetVariables(variables);
            session = new ModelSession(engine.Session());
            sessions.Add(key, session);
        }

        session.Begin();
        return session;
    }

    /// <summary>Ends a case, whose rows are gone, and gives the bench back.</summary>
    public void End(ModelSession session)
    {
        session.End();
        Idle.Add(this);
    }

    private static void MakeEntity(EngineSession session, string entity, Contract contract)
    {
        session.Execute(contract.TableText);
        session.Execute($"alter table conformed.{Sql.Name(entity)} add column origin struct(stream varchar, \"file\" varchar, raw_file varchar, \"position\" bigint, record_id varchar)");
    }

    private static void MakeModel(EngineSession session, Model model)
    {
        TableSql.Check(session, model);
        session.Execute(model.Contract is { } contract
            ? $"create table {model.Relation} ({string.Join(", ", contract.Columns.Select(column => $"{Sql.Name(column.Name)} {column.Type}"))})"
            : $"create table {model.Relation} as\nselect * from (\n{model.Text}\n) limit 0");
    }
}
