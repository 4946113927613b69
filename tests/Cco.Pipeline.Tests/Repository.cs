namespace Cco.Pipeline.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Files of the root that belong to one machine; git ignores them.</summary>
    private static readonly string[] Private = [".git", "PackageSource.props", "cco.settings.json", "local.settings.json"];

    private static readonly string[] Folders = ["functions", "transforms", "tests", "infra", ".ci"];

    private static readonly Lazy<string> Found = new(() =>
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Cco.Pipeline.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"There is no Cco.Pipeline.sln above {AppContext.BaseDirectory}.");
    });

    /// <summary>The path of a file or folder.</summary>
    /// <param name="relative">Its path below the root, with '/'.</param>
    public static string Path(string relative) => System.IO.Path.Combine(Found.Value, relative);

    /// <summary>Files below a folder by their paths below the root with '/', without what builds leave there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern, SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Found.Value, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    /// <summary>The text files of the repository, without what builds, runs and people leave there.</summary>
    public static IEnumerable<string> Tracked() => Folders.Where(folder => Directory.Exists(Path(folder)))
        .SelectMany(folder => Files(folder, "*"))
        .Concat(Directory.EnumerateFiles(Path("")).Select(file => System.IO.Path.GetFileName(file)).Where(file => !Private.Contains(file)))
        .Where(file => System.IO.Path.GetExtension(file) is not (".parquet" or ".gz" or ".zip"));

    /// <summary>The text of a file.</summary>
    public static string Text(string relative) => File.ReadAllText(Path(relative));
}
