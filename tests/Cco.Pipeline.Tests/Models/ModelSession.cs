using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Models;

/// <summary>The session of a <see cref="ModelBench"/> for the cases with the same variables, and the models that it has bound.</summary>
internal sealed class ModelSession
{
    private readonly HashSet<string> bound = new(StringComparer.Ordinal);

    public ModelSession(EngineSession engine)
    {
        Engine = engine;
        engine.Execute("pragma disable_optimizer");
    }

    /// <summary>Where statements are run.</summary>
    public EngineSession Engine { get; }

    /// <summary>Fills the table of a model with its rows.</summary>
    public void Fill(Model model)
    {
        if (model.Header.Procedure is not null)
        {
            Engine.Execute($"insert into {model.Relation}\n{ModelProcedures.Select(Engine, model, CancellationToken.None)}");
            return;
        }

        if (bound.Add(model.Name))
        {
            Engine.Execute($"prepare {Sql.Name(model.Name)} as insert into {model.Relation}\n{model.Text}");
        }

        Engine.Execute($"execute {Sql.Name(model.Name)}");
    }

    /// <summary>What happens from now on is gone with <see cref="End"/>.</summary>
    public void Begin() => Engine.Execute("begin transaction");

    /// <summary>The tables are as they were.</summary>
    public void End() => Engine.Execute("rollback");
}
