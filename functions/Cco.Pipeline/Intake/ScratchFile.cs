namespace Cco.Pipeline.Intake;

/// <summary>A copy on this machine's disk, for formats that are not read from front to back. It is gone when disposed.</summary>
internal sealed class ScratchFile : IDisposable
{
    private ScratchFile(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Copies the stream, which bounds its own length.</summary>
    public static async Task<ScratchFile> OfAsync(Stream stream, IntakeOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(options.ScratchFolder ?? System.IO.Path.GetTempPath()).FullName;
        var scratch = new ScratchFile(System.IO.Path.Combine(folder, $"cco-intake-{System.IO.Path.GetRandomFileName()}"));
        try
        {
            await using var file = new FileStream(scratch.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: false);
            await stream.CopyToAsync(file, 1 << 18, cancellationToken);
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(Path);
}
