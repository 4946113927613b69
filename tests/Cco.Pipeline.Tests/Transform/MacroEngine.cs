using System.Collections.Concurrent;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>An engine with the macros of the delivered models, for one test. To define them takes longer than most tests, so it is kept for the next one.</summary>
internal sealed class MacroEngine : IDisposable
{
    private static readonly ConcurrentBag<Engine> Idle = [];

    private readonly Engine engine = Idle.TryTake(out var idle) ? idle : Fresh();

    public MacroEngine(KpiOptions? settings = null)
    {
        engine.SetVariables(Variables(settings));
        Session = engine.Session();
    }

    /// <summary>A session of its own, at the start of 2026.</summary>
    public EngineSession Session { get; }

    /// <summary>Its temporary tables are gone.</summary>
    public void Dispose()
    {
        Session.Close();
        Idle.Add(engine);
    }

    private static IReadOnlyDictionary<string, string> Variables(KpiOptions? settings) => (settings ?? new KpiOptions()).Variables(new DateOnly(2026, 1, 1));

    private static Engine Fresh()
    {
        var fresh = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });
        fresh.SetVariables(Variables(null));
        using var session = fresh.Session();
        ModelWorld.Catalog.Define(session);
        return fresh;
    }
}
