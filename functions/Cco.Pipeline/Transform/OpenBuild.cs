namespace Cco.Pipeline.Transform;

/// <summary>Results of a build, open for questions: each of them is a relation of the session.</summary>
internal sealed class OpenBuild(Engine engine, EngineSession session) : IDisposable
{
    /// <summary>Where to ask.</summary>
    public EngineSession Session => session;

    /// <inheritdoc />
    public void Dispose()
    {
        session.Dispose();
        engine.Dispose();
    }
}
