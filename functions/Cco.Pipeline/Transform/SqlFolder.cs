namespace Cco.Pipeline.Transform;

/// <summary>The files of the SQL folders: those of an overlay are added to, or replace, those before it at the same relative path.</summary>
internal static class SqlFolder
{
    /// <summary>The folder that is delivered with the program.</summary>
    public static string Delivered => Path.Combine(AppContext.BaseDirectory, "transforms");

    /// <summary>The effective files by relative path, with '/' between names.</summary>
    /// <exception cref="TransformException">A folder is not there.</exception>
    public static SortedDictionary<string, string> Files(TransformOptions options)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in options.Overlays.Prepend(options.Folder ?? Delivered))
        {
            if (!Directory.Exists(folder))
            {
                throw new TransformException(SqlProblem.In(folder, "there is no such folder of models; see the settings Transform:Folder and Transform:Overlays."));
            }

            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                files[Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')] = file;
            }
        }

        return files;
    }
}
