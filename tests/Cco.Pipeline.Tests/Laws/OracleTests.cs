using Cco.Pipeline.Tests.Laws.Companies;

namespace Cco.Pipeline.Tests.Laws;

/// <summary>The models against a second count of the same companies, made in another way.</summary>
[Collection(nameof(LawWorlds))]
public sealed class OracleTests(LawWorlds worlds)
{
    public static TheoryData<int> Numbers => LawWorlds.Numbers;

    public static TheoryData<int> ManyNumbers { get; } = [.. Enumerable.Range(3, 10)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_models_count_what_a_second_count_counts(int world) => Agree(worlds[world]);

    /// <summary>The same for 1,000 companies: <c>./cco test --all</c>.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(ManyNumbers))]
    public void The_models_count_what_a_second_count_counts_of_many_companies(int world)
    {
        using var built = new LawWorld(Books.OfWorld(world, 100), SecondCount.Marts);

        Agree(built);
    }

    private static void Agree(LawWorld world)
    {
        var difference = SecondCount.Difference(world);

        Assert.True(difference.Length == 0, difference);
    }
}
