using System.Runtime.InteropServices;

namespace Cco.Pipeline.Land;

/// <summary>
/// Moves a file to a name that is free, in one step: of many who try at once, one succeeds. Windows moves like that. Elsewhere .NET looks
/// whether the name is free and then moves over whatever is there by now; but a second name for a file is given in one step.
/// </summary>
internal static partial class SingleMove
{
    private const int NameIsTaken = 17;

    /// <summary>Moves the file.</summary>
    /// <returns>False where the name is taken; the file is then still where it was.</returns>
    /// <exception cref="IOException">It cannot be moved for another reason.</exception>
    public static bool Try(string file, string name)
    {
        if (!OperatingSystem.IsWindows() && Link(file, name) == 0)
        {
            File.Delete(file);
            return true;
        }

        if (!OperatingSystem.IsWindows() && Marshal.GetLastPInvokeError() == NameIsTaken)
        {
            return false;
        }

        // Windows, or a file system without second names.
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);
}
