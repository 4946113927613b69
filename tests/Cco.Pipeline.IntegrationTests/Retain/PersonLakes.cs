[assembly: AssemblyFixture(typeof(Cco.Pipeline.IntegrationTests.Retain.PersonLakes))]

namespace Cco.Pipeline.IntegrationTests.Retain;

/// <summary>Lakes of the shop whose customers are persons, each made once, when the first test asks for it; tests work on copies.</summary>
public sealed class PersonLakes : IDisposable
{
    private readonly PersonShop published = new();
    private readonly PersonShop dropped = new();
    private readonly Lazy<Task<string>> ofRuns;
    private readonly Lazy<Task<string>> ofDrops;

    public PersonLakes()
    {
        ofRuns = new Lazy<Task<string>>(async () =>
        {
            await published.PublishAsync();
            return published.Installation.LakeFolder;
        });
        ofDrops = new Lazy<Task<string>>(async () =>
        {
            await dropped.DropAsync();
            return dropped.Installation.LakeFolder;
        });
    }

    /// <summary>The folder of a lake with three published runs.</summary>
    public Task<string> OfRunsAsync() => ofRuns.Value;

    /// <summary>The folder of a lake into which files were dropped one by one.</summary>
    public Task<string> OfDropsAsync() => ofDrops.Value;

    public void Dispose()
    {
        published.Dispose();
        dropped.Dispose();
    }
}
