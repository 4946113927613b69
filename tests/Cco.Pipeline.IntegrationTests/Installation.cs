using System.Text.Json;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Tests.Land;

namespace Cco.Pipeline.IntegrationTests;

/// <summary>What a user has: a folder with settings, perhaps models and a lake, and the program. Gone with the test.</summary>
internal sealed class Installation : IDisposable
{
    private static readonly string[] DefaultAsOf = ["--as-of", "2026-01-01"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-installation-");
    private string? models;
    private string[] overlays = [];

    public Installation()
    {
        LakeFolder = PathOf("lake");
        Directory.CreateDirectory(Scratch);
        Configure();
    }

    /// <summary>The lake; set it before the first run, to have it on another disk for one.</summary>
    public string LakeFolder { get; set; }

    /// <summary>The container that holds the lake instead of the folder, and how it is reached; null: the folder.</summary>
    public LakeOptions? Account { get; private set; }

    public ILake Lake => Account is { } account ? Azurite.Open(account) : new FolderLake(LakeFolder);

    /// <summary>The folder for what the program leaves behind while it works.</summary>
    public string Scratch => PathOf("scratch");

    /// <summary>Variables of the environment that the program finds.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    private string SettingsFile => PathOf("cco.settings.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A path in the installation's folder.</summary>
    public string PathOf(string relative) => Path.Combine(folder.FullName, relative);

    /// <summary>A path in the lake.</summary>
    public string InLake(string relative) => Path.Combine(LakeFolder, relative);

    /// <summary>Writes the settings: the delivered models, or those of a folder, with overlays.</summary>
    public void Configure(string? models = null, params string[] overlays)
    {
        (this.models, this.overlays) = (models, overlays);
        WriteSettings();
    }

    /// <summary>Puts the lake into a container, names another way to it, or has it in the folder again.</summary>
    public void Use(LakeOptions? account)
    {
        Account = account;
        WriteSettings();
    }

    /// <summary>Writes a file of the installation's folder.</summary>
    public string Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The number of Parquet files below a folder of the lake.</summary>
    public int CountIn(string folder) => Directory.Exists(InLake(folder)) ? Directory.EnumerateFiles(InLake(folder), "*.parquet", SearchOption.AllDirectories).Count() : 0;

    /// <summary>Where the lake is kept.</summary>
    public string Kept => PathOf("kept");

    /// <summary>Keeps the lake as it is, for <see cref="Reset"/>.</summary>
    public void Keep() => Copy(LakeFolder, Kept);

    /// <summary>Puts the lake back to what was kept.</summary>
    public void Reset() => Take(Kept);

    /// <summary>Has a copy of a lake in place of its own.</summary>
    public void Take(string lakeFolder)
    {
        if (Directory.Exists(LakeFolder))
        {
            Directory.Delete(LakeFolder, recursive: true);
        }

        Copy(lakeFolder, LakeFolder);
    }

    /// <summary>Puts text where the next run takes it in, as someone who copies a file into the folder does.</summary>
    public string Drop(string table, string name, string text)
    {
        var path = InLake($"landing/{table}/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts the program with these arguments and this installation's settings.</summary>
    public CcoProcess Start(params string[] arguments) => StartFrom([CcoProcess.Program], arguments);

    /// <summary>Starts the program by way of another, such as a shell that limits it.</summary>
    public CcoProcess StartFrom(string[] command, params string[] arguments) =>
        new([.. command, .. arguments, "--settings", SettingsFile], folder.FullName, Scratch, environment: Environment);

    /// <summary>Calls the program with something on its input, and waits for its end.</summary>
    public async Task<CcoResult> PipeAsync(string input, params string[] arguments)
    {
        await using var process = new CcoProcess([CcoProcess.Program, .. arguments, "--settings", SettingsFile], folder.FullName, Scratch, input, Environment);
        return await process.EndAsync();
    }

    /// <summary>Calls the program and waits for its end.</summary>
    public async Task<CcoResult> CallAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Does a run.</summary>
    public async Task<RunReport> RunAsync(params string[] arguments)
    {
        var result = await CallAsync(["run", "--json", .. arguments.Contains("--as-of") ? [] : DefaultAsOf, .. arguments]);
        return result.Json<RunReport>() is { Id: not null } report ? report : throw new InvalidOperationException(result.Everything);
    }

    /// <summary>The rows of a query over the published marts, each as its values joined by '|'.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        using var marts = await MartReader.OpenAsync(Lake, Cancel);
        return [.. marts.Query(sql, Cancel).Rows.Select(row => string.Join('|', row.Select(CsvText.Plain)))];
    }

    /// <summary>The rows of a select over a conformed entity as a run left it.</summary>
    public IReadOnlyList<string> Conformed(RunReport report, string entity, string select)
    {
        var step = Assert.Single(report.Models, model => model.Name == $"staged.{entity}");
        return Duck.Query($"with {entity} as (from read_parquet('{InLake($"models/{step.Name}/{step.Fingerprint}.parquet")}'))\n{select}");
    }

    /// <summary>The rows of a stream that were refused.</summary>
    public Task<IReadOnlyList<QuarantinedRow>> QuarantinedAsync(string? stream = null) => new Quarantine(Lake).RowsAsync(stream, Cancel);

    public void Dispose()
    {
        if (!LakeFolder.StartsWith(folder.FullName, StringComparison.Ordinal) && Directory.Exists(LakeFolder))
        {
            Directory.Delete(LakeFolder, recursive: true);
        }

        folder.Delete(recursive: true);
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void WriteSettings() => File.WriteAllText(
        SettingsFile,
        JsonSerializer.Serialize(new
        {
            Lake = Account ?? new LakeOptions { Folder = LakeFolder },
            Intake = new { ScratchFolder = Scratch },
            Transform = new { Folder = models, Overlays = overlays, MemoryLimit = "1GB", Threads = 2, Scratch },
        }));
}
