using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cco.Pipeline.Functions;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Cco.Pipeline.Tests.Functions;

/// <summary>The triggers over the real library, on a lake and models of their own: products, and one table of them. What it logs goes where telemetry goes.</summary>
internal sealed class FunctionsApp : IDisposable
{
    private const string Fact =
        """
        -- Grain: one row per product.
        select product_id, name
        from product
        where deleted_at is null
        """;

    private const string FactContract =
        """
        create table marts.fct_product (product_id varchar not null primary key, name varchar);
        comment on table marts.fct_product is 'One row per product.';
        comment on column marts.fct_product.product_id is 'The product.';
        comment on column marts.fct_product.name is 'Its name. Null: not known.';
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-functions-");
    private readonly List<LogRecord> logged = [];
    private readonly ServiceProvider services;

    public FunctionsApp(params IEnumerable<KeyValuePair<string, string?>> given)
    {
        AddToModels("models/conformed/product.contract.sql", Repository.Text("transforms/models/conformed/product.contract.sql"));
        AddToModels("models/marts/fct_product.sql", Fact);
        AddToModels("models/marts/fct_product.contract.sql", FactContract);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Lake:Folder", Path.Combine(folder.FullName, "lake")), new("Transform:Folder", Models), new("Transform:Overlays:0", Models),
                new("Transform:MemoryLimit", "1GB"),
                .. SchedulesOfEveryDay,
            ])
            .AddInMemoryCollection(given)
            .Build();
        services = new ServiceCollection()
            .AddCcoFunctions(settings)
            .ConfigureOpenTelemetryLoggerProvider(provider => provider.AddInMemoryExporter(logged))
            .ConfigureOpenTelemetryTracerProvider(provider => provider.AddInMemoryExporter(Traced))
            .AddTransient<ExtractCrm>().AddTransient<ExtractBilling>().AddTransient<BuildMarts>().AddTransient<IntakeDroppedFile>().AddTransient<SweepLanding>().AddTransient<Vacuum>()
            .AddTransient<AnswerApi>().AddTransient<ReadBackfillWindow>().AddTransient<GiveUpBackfillWindow>()
            .BuildServiceProvider();
    }

    public static IEnumerable<KeyValuePair<string, string?>> SchedulesOfEveryDay => typeof(SchedulesOptions).GetProperties()
        .Select(schedule => KeyValuePair.Create($"Schedules:{schedule.Name}", (string?)"0 0 5 * * *"));

    /// <summary>What was logged, each line with its structured fields, those of its scopes among them.</summary>
    public IReadOnlyList<LoggedLine> Logged => [.. logged.Select(LoggedLine.Of)];

    public List<Activity> Traced { get; } = [];

    public ILake Lake => services.GetRequiredService<ILake>();

    /// <summary>The folder of models, and an overlay as well: descriptions of sources stand in overlays.</summary>
    private string Models => Path.Combine(folder.FullName, "models");

    /// <summary>Checks the settings as the host does when it starts.</summary>
    public void Start() => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Makes sure that traces are heard from now on, as the host does when it starts.</summary>
    public void Trace() => services.GetRequiredService<TracerProvider>();

    public Task BuildMartsAsync() => services.GetRequiredService<BuildMarts>().RunAsync(new TimerInfo(), TestContext.Current.CancellationToken);

    public Task VacuumAsync() => services.GetRequiredService<Vacuum>().RunAsync(new TimerInfo(), TestContext.Current.CancellationToken);

    public Task ExtractCrmAsync(TimerInfo? timer = null) =>
        services.GetRequiredService<ExtractCrm>().RunAsync(timer ?? new TimerInfo(), TestContext.Current.CancellationToken);

    public Task ExtractBillingAsync(CancellationToken? cancellationToken = null) =>
        services.GetRequiredService<ExtractBilling>().RunAsync(new TimerInfo(), cancellationToken ?? TestContext.Current.CancellationToken);

    public Task SweepLandingAsync() => services.GetRequiredService<SweepLanding>().RunAsync(new TimerInfo(), TestContext.Current.CancellationToken);

    public Task ReadWindowAsync(string message) => services.GetRequiredService<ReadBackfillWindow>().RunAsync(message, TestContext.Current.CancellationToken);

    public Task GiveUpWindowAsync(string message) => services.GetRequiredService<GiveUpBackfillWindow>().RunAsync(message, TestContext.Current.CancellationToken);

    /// <summary>Has workers be told again of backfills of which nothing has been heard for so long.</summary>
    public Task<IReadOnlyList<string>> RemindAsync(TimeSpan quiet) => services.GetRequiredService<Backfills>().RemindAsync(quiet, TestContext.Current.CancellationToken);

    /// <summary>Asks over HTTP, and gets JSON.</summary>
    public async Task<(int Status, JsonElement Answer)> AskAsync(string method, string path, string body = "")
    {
        var context = new DefaultHttpContext
        {
            Request = { Method = method, Path = path, ContentType = "application/json", Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) },
            Response = { Body = new MemoryStream() },
        };
        await services.GetRequiredService<AnswerApi>().RunAsync(context.Request);
        context.Response.Body.Position = 0;
        using var answer = await JsonDocument.ParseAsync(context.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        return (context.Response.StatusCode, answer.RootElement.Clone());
    }

    /// <summary>Puts a file where people drop it, and tells the app.</summary>
    public async Task DropAsync(string table, string name, string content)
    {
        await PutAsync(table, name, content);
        await TellAsync();
    }

    public async Task PutAsync(string table, string name, string content)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await services.GetRequiredService<LandingDrop>().PutAsync(table, name, stream, TestContext.Current.CancellationToken);
    }

    /// <summary>Tells the app of a file.</summary>
    public Task TellAsync() => services.GetRequiredService<IntakeDroppedFile>().RunAsync(Stream.Null, TestContext.Current.CancellationToken);

    public void AddToModels(string file, string text)
    {
        var path = Path.Combine(Models, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

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
