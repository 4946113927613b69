using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws;

/// <summary>The worlds that all laws share: each is built once. Its tests run one after the other.</summary>
[CollectionDefinition(nameof(LawWorlds))]
public sealed class LawWorlds : ICollectionFixture<LawWorlds>, IDisposable
{
    private const int Companies = 40;

    private readonly Dictionary<int, LawWorld> built = [];

    /// <summary>The numbers of the worlds, which are the seeds of their companies.</summary>
    public static TheoryData<int> Numbers { get; } = [0, 1, 2];

    public void Dispose()
    {
        foreach (var world in built.Values)
        {
            world.Dispose();
        }
    }

    internal LawWorld this[int number]
    {
        get
        {
            if (!built.TryGetValue(number, out var world))
            {
                built[number] = world = new LawWorld(Books.OfWorld(number, Companies), [.. LawWorld.Marts, .. LawWorld.Audits]);
            }

            return world;
        }
    }
}
