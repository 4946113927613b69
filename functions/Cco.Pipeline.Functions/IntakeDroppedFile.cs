using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>Takes in a file as soon as it is dropped on the container <c>landing</c>.</summary>
public sealed class IntakeDroppedFile(LandingDrop drop, LoggedProgress progress)
{
    /// <exception cref="RunFailedException">Nothing could be taken in. A file that cannot be read is no such failure: it is set aside with its reason.</exception>
    [Function(nameof(IntakeDroppedFile))]
    public async Task RunAsync(
        [BlobTrigger("landing/{table}/{name}", Connection = "Lake")] Stream content, string table, string name, CancellationToken cancellationToken) =>
        RunFailedException.ThrowIfFailed(await drop.TakeInAsync(table, name, content, progress, cancellationToken));
}
