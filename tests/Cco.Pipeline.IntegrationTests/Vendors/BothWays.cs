using System.Text.Json;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>The sample company in two lakes: through the vendors' APIs, and through files alone.</summary>
public sealed class BothWays(DemoLake demo) : IAsyncLifetime
{
    private readonly Installation overApis = demo.Installation;
    private readonly Installation asFiles = new();
    private JsonElement ofApis;
    private JsonElement ofFiles;

    public async ValueTask InitializeAsync() => (ofApis, ofFiles) = (await demo.ReportAsync(), await RunAsync());

    /// <summary>The published file of a mart, as DuckDB reads it, each way.</summary>
    public (string Api, string Files) Mart(string name) => (Table(overApis, $"marts/latest/{name}.parquet"), Table(asFiles, $"marts/latest/{name}.parquet"));

    /// <summary>The conformed entities that the marts need.</summary>
    public IReadOnlyList<string> Entities => [.. ofApis.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!.Split('.')).Where(name => name is ["staged", _]).Select(name => name[1])];

    /// <summary>The current rows of a conformed entity, as DuckDB reads them, each way.</summary>
    public (string Api, string Files) Conformed(string entity) => (Staged(overApis, ofApis, entity), Staged(asFiles, ofFiles, entity));

    public ValueTask DisposeAsync()
    {
        asFiles.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> RunAsync()
    {
        var result = await asFiles.CallAsync("demo", "--through", "files", "--json");
        Assert.True(result.Code == 0, result.Everything);
        return result.Json().GetProperty("report");
    }

    private static string Staged(Installation installation, JsonElement report, string entity)
    {
        var model = Assert.Single(report.GetProperty("models").EnumerateArray(), model => model.GetProperty("name").GetString() == $"staged.{entity}");
        return Table(installation, $"models/staged.{entity}/{model.GetProperty("fingerprint").GetString()}.parquet");
    }

    private static string Table(Installation installation, string path) => $"read_parquet('{installation.InLake(path)}')";
}
