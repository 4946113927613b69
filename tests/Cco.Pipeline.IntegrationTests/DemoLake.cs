using System.Text.Json;

[assembly: AssemblyFixture(typeof(Cco.Pipeline.IntegrationTests.DemoLake))]

namespace Cco.Pipeline.IntegrationTests;

/// <summary>The lake of <c>cco demo</c>, made once, when the first test asks for it; for tests that only look at it.</summary>
public sealed class DemoLake : IDisposable
{
    private readonly Lazy<Task<JsonElement>> report;

    public DemoLake() => report = new Lazy<Task<JsonElement>>(MakeAsync);

    internal Installation Installation { get; } = new();

    /// <summary>The report of its run.</summary>
    public Task<JsonElement> ReportAsync() => report.Value;

    public void Dispose() => Installation.Dispose();

    private async Task<JsonElement> MakeAsync()
    {
        var result = await Installation.CallAsync("demo", "--json");
        Assert.True(result.Code == 0, result.Everything);
        return result.Json().GetProperty("report");
    }
}
