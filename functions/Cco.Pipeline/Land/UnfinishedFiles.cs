namespace Cco.Pipeline.Land;

/// <summary>The folder of files that are being written: none of them is seen under its name before it is whole.</summary>
internal sealed class UnfinishedFiles
{
    private readonly Lazy<string> folder;

    /// <param name="folder">The folder; made when first written to, and then what a writer that was killed left in it more than a day ago is deleted.</param>
    public UnfinishedFiles(string folder) => this.folder = new Lazy<string>(() => Make(folder));

    /// <summary>The path of a file that is not there yet.</summary>
    public string New() => Path.Combine(folder.Value, Path.GetRandomFileName());

    /// <summary>Writes a file whole; where that fails nothing is left of it.</summary>
    public async Task<string> WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var unfinished = New();
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, useAsync: false))
            {
                await write(stream, cancellationToken);
            }

            return unfinished;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static string Make(string folder)
    {
        var yesterday = Directory.CreateDirectory(folder).LastAccessTimeUtc.AddDays(-1);
        foreach (var orphan in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < yesterday))
        {
            orphan.Delete();
        }

        return folder;
    }
}
