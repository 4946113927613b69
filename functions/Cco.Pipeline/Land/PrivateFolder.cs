namespace Cco.Pipeline.Land;

/// <summary>Folders of this machine that their owner alone can read.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes the folder, unless it is there.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
