using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>The macros of the delivered models, called one by one.</summary>
internal static class Macro
{
    /// <summary>What an expression comes to.</summary>
    public static T Value<T>(string expression, KpiOptions? settings = null)
    {
        using var engine = Engine.Open(new TransformOptions { Threads = 1 });
        engine.SetVariables((settings ?? new KpiOptions()).Variables(new DateOnly(2026, 1, 1)));
        using var session = engine.Session();
        ModelWorld.Catalog.Define(session);
        return session.Scalar<T>($"select {expression}", TestContext.Current.CancellationToken);
    }
}
