using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>Tells the log how a run goes on, for hosts that nobody watches.</summary>
public sealed partial class LoggedProgress(ILogger<LoggedProgress> logger) : IRunProgress
{
    /// <inheritdoc />
    public void Began(RunId run, DateOnly asOf) => RunBegan(run.Value, asOf);

    /// <inheritdoc />
    public void Entered(RunStage stage) => StageEntered(stage);

    /// <inheritdoc />
    public void StreamBegan(StreamName stream) => StreamReading(stream);

    /// <inheritdoc />
    public void WindowBegan(StreamName stream, Window window, DateTimeOffset until) => WindowReading(stream, window);

    /// <inheritdoc />
    public void FileLanded(StreamName stream, LandedFile file) => FileHasLanded(stream, file.Path, file.Rows);

    /// <inheritdoc />
    public void FilesFound(int count) => FilesWaited(count);

    /// <inheritdoc />
    public void FileDone(FileReceipt file)
    {
        if (file.Outcome == FileOutcome.Failed)
        {
            FileFailed(file.Table, file.File, file.Reason);
        }
        else
        {
            FileTaken(file.Table, file.File, file.Outcome, file.Rows, file.Rejected);
        }
    }

    /// <inheritdoc />
    public void Planned(int count) => BuildPlanned(count);

    /// <inheritdoc />
    public void Started(string name) => ModelStarted(name);

    /// <inheritdoc />
    public void Finished(BuiltModel model)
    {
        if (model.IsGood)
        {
            ModelFinished(model.Name, model.Outcome, model.Rows, model.Duration.TotalSeconds);
        }
        else
        {
            ModelFailed(model.Name, model.Outcome, model.Error);
        }
    }

    [LoggerMessage(LogLevel.Information, "Run {Run} began as of {AsOf}")]
    private partial void RunBegan(string run, DateOnly asOf);

    [LoggerMessage(LogLevel.Information, "Stage {Stage} entered")]
    private partial void StageEntered(RunStage stage);

    [LoggerMessage(LogLevel.Debug, "Stream {Stream} is read")]
    private partial void StreamReading(StreamName stream);

    [LoggerMessage(LogLevel.Debug, "Stream {Stream} is read for {Window}")]
    private partial void WindowReading(StreamName stream, Window window);

    [LoggerMessage(LogLevel.Debug, "Stream {Stream} landed {File} with {Rows} rows")]
    private partial void FileHasLanded(StreamName stream, LakePath file, long rows);

    [LoggerMessage(LogLevel.Information, "{Count} files waited")]
    private partial void FilesWaited(int count);

    [LoggerMessage(LogLevel.Information, "File {Table}/{File} taken in: {Outcome}, {Rows} rows, {Rejected} in quarantine")]
    private partial void FileTaken(string table, string file, FileOutcome outcome, long rows, long rejected);

    [LoggerMessage(LogLevel.Warning, "File {Table}/{File} failed: {Reason}")]
    private partial void FileFailed(string table, string file, string? reason);

    [LoggerMessage(LogLevel.Information, "{Count} results planned")]
    private partial void BuildPlanned(int count);

    [LoggerMessage(LogLevel.Debug, "{Model} started")]
    private partial void ModelStarted(string model);

    [LoggerMessage(LogLevel.Debug, "{Model} finished: {Outcome}, {Rows} rows in {Seconds} s")]
    private partial void ModelFinished(string model, BuildOutcome outcome, long rows, double seconds);

    [LoggerMessage(LogLevel.Error, "{Model} has no result: {Outcome}. {Error}")]
    private partial void ModelFailed(string model, BuildOutcome outcome, string? error);
}
