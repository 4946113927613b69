namespace Cco.Pipeline.IntegrationTests.EndedEarly;

/// <summary>Counts what happens to the files of a lake, as the operating system tells it.</summary>
internal sealed class LakeWatch : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int moment;
    private int count;

    /// <param name="folder">The lake.</param>
    /// <param name="moment">The number of the event that <see cref="Reached"/> waits for.</param>
    public LakeWatch(string folder, int moment = int.MaxValue)
    {
        this.moment = moment;
        watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += Count;
        watcher.Renamed += Count;
        watcher.Deleted += Count;
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>What happened so far.</summary>
    public int Events => count;

    /// <summary>The moment has come.</summary>
    public Task Reached => reached.Task;

    /// <inheritdoc />
    public void Dispose() => watcher.Dispose();

    private void Count(object sender, FileSystemEventArgs change)
    {
        if (Interlocked.Increment(ref count) == moment)
        {
            reached.SetResult();
        }
    }
}
