using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Tests.Sample;

public sealed class PrngTests
{
    [Fact]
    public void The_numbers_are_the_same_for_ever()
    {
        var prng = new Prng(1, "life", 0);

        var numbers = Enumerable.Range(0, 8).Select(_ => prng.Below(1_000_000)).ToArray();

        Assert.Equal(Pinned, numbers);
    }

    [Fact]
    public void Seed_part_and_index_each_make_other_numbers()
    {
        double[] firsts = [new Prng(1, "life", 0).Unit(), new Prng(2, "life", 0).Unit(), new Prng(1, "mood", 0).Unit(), new Prng(1, "life", 1).Unit()];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Draws_follow_their_chances()
    {
        var prng = new Prng(7, "chances", 0);
        const int Draws = 20_000;

        var mean = Enumerable.Range(0, Draws).Average(_ => prng.Unit());
        var bell = Enumerable.Range(0, Draws).Select(_ => prng.Bell()).ToList();
        var count = Enumerable.Range(0, Draws).Average(_ => prng.Count(0.7));
        var heavy = Enumerable.Range(0, Draws).Count(_ => prng.Weighted(1, 3) == 1) / (double)Draws;
        var below = Enumerable.Range(0, Draws).Count(_ => prng.Tail(10) < 10) / (double)Draws;

        Assert.Equal(0.5, mean, 0.02);
        Assert.Equal(0, bell.Average(), 0.03);
        Assert.Equal(1, bell.Average(draw => draw * draw), 0.05);
        Assert.Equal(0.7, count, 0.03);
        Assert.Equal(0.75, heavy, 0.02);
        Assert.Equal(0.5, below, 0.02);
    }

    private static readonly int[] Pinned = [589826, 417261, 264715, 37492, 253207, 416009, 189119, 369135];
}
