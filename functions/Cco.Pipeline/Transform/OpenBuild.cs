namespace Cco.Pipeline.Transform;

/// <summary>Results of a build, open for questions: each of them is a relation of the session.</summary>
internal sealed class OpenBuild(Engine engine, EngineSession session, BuildPlan plan) : IDisposable
{
    /// <summary>Where to ask.</summary>
    public EngineSession Session => session;

    /// <summary>The plan the results were made by.</summary>
    public BuildPlan Plan => plan;

    /// <inheritdoc />
    public void Dispose()
    {
        session.Dispose();
        engine.Dispose();
    }
}
