using Cco.Pipeline.IntegrationTests.Vendors;
using Cco.Pipeline.Sample;

[assembly: AssemblyFixture(typeof(VendorCompany))]

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>A small sample company with errors in its files, made once for all tests of vendors' servers. It ends with 2025.</summary>
public sealed class VendorCompany : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-vendors-");

    /// <summary>Its files.</summary>
    public IReadOnlyList<SampleFile> Files { get; private set; } = [];

    /// <summary>The first day after its history.</summary>
    public static DateOnly End { get; } = new(2026, 1, 1);

    public async ValueTask InitializeAsync() =>
        Files = (await new SampleCompany(new SampleOptions { Customers = 150, Months = 12, End = End }).WriteAsync(folder.FullName, null, TestContext.Current.CancellationToken)).Files;

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A clock that stands at the end of the history, until a test lets time pass.</summary>
    internal static Tests.Extract.SourceWorld.Clock Clock() => new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
}
