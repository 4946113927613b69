using System.Diagnostics;

namespace Cco.Pipeline.IntegrationTests.Processes;

/// <summary>
/// A dropped file that holds a run at one point without any timing: whoever opens it waits for the test to serve it, and finds it served or
/// gone when it is opened again.
/// </summary>
internal sealed class NamedPipe
{
    private readonly string path;

    private NamedPipe(string path) => this.path = path;

    /// <summary>Makes the pipe.</summary>
    public static async Task<NamedPipe> MakeAsync(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders. This runs on Linux and macOS.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new NamedPipe(path);
    }

    /// <summary>Waits for a reader, puts a file in the place of the pipe or none, and then gives the reader the content.</summary>
    public async Task ServeAsync(string content, bool vanishes = false)
    {
        // Opening waits for the other end, which no token can end: it has a thread of its own.
        await Task.Factory.StartNew(
            () =>
            {
                using var writer = new StreamWriter(path);
                File.Delete(path);
                if (!vanishes)
                {
                    File.WriteAllText(path, content);
                }

                writer.Write(content);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
