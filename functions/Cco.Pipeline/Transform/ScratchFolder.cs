using System.Diagnostics;

namespace Cco.Pipeline.Transform;

/// <summary>A folder for the unfinished files of one piece of work; gone with it. What a process that was killed left behind goes with the next one.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "cco-scratch-";

    private ScratchFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder of its own where the settings say.</summary>
    public static ScratchFolder Make(TransformOptions options)
    {
        var folder = options.Scratch ?? System.IO.Path.GetTempPath();
        Directory.CreateDirectory(folder);
        foreach (var orphan in Directory.EnumerateDirectories(folder, Prefix + "*").Where(IsOrphan))
        {
            Directory.Delete(orphan, recursive: true);
        }

        return new ScratchFolder(Directory.CreateDirectory(
            System.IO.Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}")).FullName);
    }

    /// <summary>A file of that name in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static bool IsOrphan(string folder)
    {
        if (!int.TryParse(System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0], out var process))
        {
            return false;
        }

        try
        {
            using var alive = Process.GetProcessById(process);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
