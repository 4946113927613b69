using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Hears how a run goes on; may be called from several threads at once.</summary>
public interface IRunProgress : IBuildProgress
{
    /// <summary>The run has begun.</summary>
    void Began(RunId run, DateOnly asOf);

    /// <summary>A stage begins.</summary>
    void Entered(RunStage stage);

    /// <summary>So many dropped files wait.</summary>
    void FilesFound(int count);

    /// <summary>A dropped file was dealt with.</summary>
    void FileDone(FileReceipt file);
}
