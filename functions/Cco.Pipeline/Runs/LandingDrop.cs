using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>Brings files into the lake from outside, onto <c>landing/</c>, whole or not at all.</summary>
public sealed class LandingDrop(ILake lake, PipelineRun run)
{
    private static readonly RunRequest Intake = new(Only: RunStage.Intake);

    /// <summary>Puts a file where the next run takes it in.</summary>
    /// <param name="table">The table it is for.</param>
    /// <param name="name">Its name, which may have folders.</param>
    /// <param name="content">Its bytes; read once, forward.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing appears.</param>
    /// <exception cref="IOException">A file of that name waits there already; it is left alone.</exception>
    public async Task<LakePath> PutAsync(string table, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(table, name);
        return await lake.WriteOnceAsync(path, (target, token) => content.CopyToAsync(target, token), cancellationToken)
            ? path
            : throw new IOException($"'{path}' waits already. Take it in with a run first, or give the file another name.");
    }

    /// <summary>
    /// Puts a file and takes it in. May be called again with the same file: if the attempt before died after putting it, that copy is
    /// taken in first, and the same bytes land once.
    /// </summary>
    /// <returns>The report of the intake; one that is at work beside this one may have taken the file in before it.</returns>
    /// <exception cref="IOException">A file of that name is being taken in by someone else at this moment.</exception>
    /// <exception cref="RunFailedException">A file of that name waits and cannot be taken in.</exception>
    public async Task<RunReport> TakeInAsync(string table, string name, Stream content, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (await lake.ExistsAsync(PathOf(table, name), cancellationToken))
        {
            RunFailedException.ThrowIfFailed(await run.RunAsync(Intake, progress, cancellationToken));
        }

        await PutAsync(table, name, content, cancellationToken);
        return await run.RunAsync(Intake, progress, cancellationToken);
    }

    private static LakePath PathOf(string table, string name) => LandingSweep.Landing.Child($"{table}/{name}");
}
