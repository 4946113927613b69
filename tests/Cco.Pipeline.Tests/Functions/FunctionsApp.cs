using System.Text;
using Cco.Pipeline.Functions;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cco.Pipeline.Tests.Functions;

/// <summary>The triggers over the real library, on a lake and an overlay of their own.</summary>
internal sealed class FunctionsApp : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-functions-");
    private readonly ServiceProvider services;

    public FunctionsApp()
    {
        Directory.CreateDirectory(Overlay);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Lake:Folder", Path.Combine(folder.FullName, "lake")), new("Transform:Overlays:0", Overlay), new("Transform:MemoryLimit", "1GB")])
            .Build();
        services = new ServiceCollection().AddCcoPipeline(settings).AddTransient<BuildMarts>().AddTransient<IntakeDroppedFile>().BuildServiceProvider();
    }

    public ILake Lake => services.GetRequiredService<ILake>();

    private string Overlay => Path.Combine(folder.FullName, "overlay");

    public Task BuildMartsAsync() =>
        services.GetRequiredService<BuildMarts>().RunAsync(new TimerInfo(), TestContext.Current.CancellationToken);

    public async Task DropAsync(string table, string name, string content)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await services.GetRequiredService<IntakeDroppedFile>().RunAsync(stream, table, name, TestContext.Current.CancellationToken);
    }

    /// <summary>What an attempt leaves that died before it could take the file in.</summary>
    public async Task PutAsync(string table, string name, string content)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await services.GetRequiredService<LandingDrop>().PutAsync(table, name, stream, TestContext.Current.CancellationToken);
    }

    public void AddToModels(string file, string text)
    {
        var path = Path.Combine(Overlay, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public Task IntakeAsync() =>
        services.GetRequiredService<PipelineRun>().RunAsync(new RunRequest(Only: RunStage.Intake), services.GetRequiredService<LoggedProgress>(), TestContext.Current.CancellationToken);

    /// <summary>The rows that landed in a stream, a number for each of its raw files that a dropped file became.</summary>
    public async Task<IReadOnlyList<long>> LandedAsync(string stream) =>
        [.. (await ReportsAsync()).SelectMany(report => report.Files).Where(file => file.Stream == stream && file.Outcome == FileOutcome.Landed).Select(file => file.Rows).Order()];

    public async Task<IReadOnlyList<RunReport>> ReportsAsync() => await RunReport.LatestFirstAsync(Lake, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>The names of the files below a folder of the lake.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(LakePath path) =>
        await Lake.ListAsync(path, TestContext.Current.CancellationToken).Select(file => file.Path.Name).ToListAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        services.Dispose();
        folder.Delete(recursive: true);
    }
}
