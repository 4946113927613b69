namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>Data that nobody of this project wrote. It is not in the repository.</summary>
internal static class RealData
{
    private const string Variable = "CCO_REAL_DATA";

    private static readonly string? Folder = Find();

    /// <summary>Skips the test where the data is absent.</summary>
    public static void Need() => Assert.SkipWhen(
        Folder is null,
        $"The real inputs are not here. This runs where {Variable} names their folder, or where they are in ../shared/data beside the repository.");

    /// <summary>A file of a data set; null where the data is absent.</summary>
    public static string? PathOf(string relative) => Folder is null ? null : Path.Combine(Folder, relative);

    /// <summary>The folder with the mappings of a data set.</summary>
    public static string Overlay(string dataSet) => Path.Combine(AppContext.BaseDirectory, "Overlays", dataSet);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names '{named}', which is not there.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cco.Pipeline.sln")))
            {
                var beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
