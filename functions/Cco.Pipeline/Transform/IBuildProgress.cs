namespace Cco.Pipeline.Transform;

/// <summary>Hears how a build goes on; may be called from several threads at once.</summary>
public interface IBuildProgress
{
    /// <summary>So many results will be made.</summary>
    void Planned(int count);

    /// <summary>The making of a result begins.</summary>
    void Started(string name);

    /// <summary>A result is there, or will not be.</summary>
    void Finished(BuiltModel model);
}
