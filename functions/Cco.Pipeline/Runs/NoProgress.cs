using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>For hosts where nobody watches: the report says everything afterwards.</summary>
public sealed class NoProgress : IRunProgress
{
    /// <inheritdoc />
    public void Began(RunId run, DateOnly asOf)
    {
    }

    /// <inheritdoc />
    public void Entered(RunStage stage)
    {
    }

    /// <inheritdoc />
    public void FilesFound(int count)
    {
    }

    /// <inheritdoc />
    public void FileDone(FileReceipt file)
    {
    }

    /// <inheritdoc />
    public void Planned(int count)
    {
    }

    /// <inheritdoc />
    public void Started(string name)
    {
    }

    /// <inheritdoc />
    public void Finished(BuiltModel model)
    {
    }
}
