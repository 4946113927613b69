using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>The macros of the delivered models, called one by one.</summary>
internal static class Macro
{
    /// <summary>What an expression comes to.</summary>
    public static T Value<T>(string expression, KpiOptions? settings = null)
    {
        using var engine = new MacroEngine(settings);
        return engine.Session.Scalar<T>($"select {expression}", TestContext.Current.CancellationToken);
    }
}
