using System.Diagnostics.CodeAnalysis;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Takes in what waits on <c>landing/</c> as soon as a file is dropped there. A call that is missed or given up does no harm: <see cref="BuildMarts"/> takes in what waits, too.</summary>
public sealed class IntakeDroppedFile(PipelineRun run, LoggedProgress progress)
{
    /// <exception cref="RunFailedException">Nothing could be taken in. A file that cannot be read is no such failure: it is set aside with its reason.</exception>
    [SuppressMessage("Style", "IDE0060", Justification = "The parameter is there for its trigger.")]
    [Function(nameof(IntakeDroppedFile))]
    public async Task RunAsync(
        [BlobTrigger("lake/landing/{file}", Connection = "LakeStorage", Source = BlobTriggerSource.EventGrid)] Stream content, CancellationToken cancellationToken) =>
        RunFailedException.ThrowIfFailed(await run.RunAsync(new RunRequest(Only: RunStage.Intake), progress, cancellationToken));
}
