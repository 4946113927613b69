using System.Diagnostics.CodeAnalysis;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Functions;

/// <summary>A whole run on a schedule: takes in what was dropped, builds the marts, publishes them.</summary>
public sealed class BuildMarts(PipelineRun run, LoggedProgress progress)
{
    /// <exception cref="RunFailedException">The run did not succeed; the marts stay those of the last one that did.</exception>
    [SuppressMessage("Style", "IDE0060", Justification = "The parameter is there for its trigger.")]
    [Function(nameof(BuildMarts))]
    public async Task RunAsync([TimerTrigger("%Schedules:BuildMarts%")] TimerInfo timer, CancellationToken cancellationToken) =>
        RunFailedException.ThrowIfFailed(await run.RunAsync(new RunRequest(), progress, cancellationToken));
}
