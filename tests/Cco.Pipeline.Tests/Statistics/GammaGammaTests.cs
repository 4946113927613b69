using Cco.Pipeline.Statistics;
using MathNet.Numerics.Distributions;

namespace Cco.Pipeline.Tests.Statistics;

public sealed class GammaGammaTests
{
    /// <summary>The parameters that Fader, Hardie and Lee (2005) publish for the CDNOW sample.</summary>
    private static readonly GammaGamma Cdnow = new(6.25, 3.74, 15.44);

    [Fact]
    public void Parameters_are_recovered_from_customers_that_spend_by_them()
    {
        var found = GammaGamma.Of([.. Customers(60_000, mostPurchases: 40, seed: 20261125).Select(customer => (customer.Count, customer.MeanAmount))])!.Model;

        Assert.InRange(found.P / Cdnow.P, 0.95, 1.05);
        Assert.InRange(found.Q / Cdnow.Q, 0.95, 1.05);
        Assert.InRange(found.V / Cdnow.V, 0.95, 1.05);
    }

    [Fact]
    public void Expected_amounts_are_the_means_that_customers_have()
    {
        foreach (var alike in Customers(100_000, mostPurchases: 7, seed: 5).GroupBy(customer => (int)(Cdnow.ExpectedAmount(customer.Count, customer.MeanAmount) / 15)).Where(alike => alike.Count() > 100))
        {
            var expected = alike.Average(customer => Cdnow.ExpectedAmount(customer.Count, customer.MeanAmount));
            var means = alike.Select(customer => customer.TrueMean).ToList();
            var error = Math.Sqrt(means.Average(mean => (mean - means.Average()) * (mean - means.Average())) / means.Count);

            Assert.InRange(means.Average(), expected - (4 * error), expected + (4 * error));
        }
    }

    [Fact]
    public void Who_has_bought_nothing_that_counts_is_expected_to_spend_as_all_do() =>
        Assert.Equal(6.25 * 15.44 / 2.74, Cdnow.ExpectedAmount(0, 0), 10);

    [Fact]
    public void Equal_amounts_fit_no_distribution() => Assert.Null(GammaGamma.Of([.. Enumerable.Repeat((2L, 10.0), 50)]));

    private static IEnumerable<(long Count, double MeanAmount, double TrueMean)> Customers(int count, int mostPurchases, int seed)
    {
        var random = new Random(seed);
        for (var customer = 0; customer < count; customer++)
        {
            var scale = Gamma.Sample(random, Cdnow.Q, Cdnow.V);
            var purchases = random.Next(mostPurchases) + 1;
            var amounts = Enumerable.Range(0, purchases).Select(_ => Gamma.Sample(random, Cdnow.P, scale)).ToList();
            yield return (purchases, amounts.Average(), Cdnow.P / scale);
        }
    }
}
