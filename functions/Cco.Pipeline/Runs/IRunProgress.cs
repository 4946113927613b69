using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Hears how a run goes on; may be called from several threads at once.</summary>
public interface IRunProgress : IBuildProgress
{
    /// <summary>The run has begun.</summary>
    void Began(RunId run, DateOnly asOf);

    /// <summary>A stage begins.</summary>
    void Entered(RunStage stage);

    /// <summary>A stream of a source begins to be read.</summary>
    void StreamBegan(StreamName stream)
    {
    }

    /// <summary>A window of a stream begins to be read; the stream will have been read when one ends at <paramref name="until"/>.</summary>
    void WindowBegan(StreamName stream, Window window, DateTimeOffset until)
    {
    }

    /// <summary>A page with so many records came.</summary>
    void PageRead(StreamName stream, int records)
    {
    }

    /// <summary>A raw file of a stream landed.</summary>
    void FileLanded(StreamName stream, LandedFile file)
    {
    }

    /// <summary>A stream was dealt with.</summary>
    void StreamDone(StreamReceipt receipt)
    {
    }

    /// <summary>So many dropped files wait.</summary>
    void FilesFound(int count);

    /// <summary>A dropped file was dealt with.</summary>
    void FileDone(FileReceipt file);
}
