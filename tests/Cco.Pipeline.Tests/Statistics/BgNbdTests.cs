using Cco.Pipeline.Statistics;
using MathNet.Numerics.Distributions;

namespace Cco.Pipeline.Tests.Statistics;

public sealed class BgNbdTests
{
    /// <summary>The parameters that Fader, Hardie and Lee (2005) publish for the CDNOW sample.</summary>
    private static readonly BgNbd Cdnow = new(0.243, 4.414, 0.793, 2.426);

    [Fact]
    public void Parameters_are_recovered_from_customers_that_behave_by_them()
    {
        var found = BgNbd.Of([.. Customers(Cdnow, 150_000, seed: 20261125).Select(customer => customer.Known)])!.Model;

        Assert.InRange(found.R / Cdnow.R, 0.95, 1.05);
        Assert.InRange(found.Alpha / Cdnow.Alpha, 0.95, 1.05);
        Assert.InRange(found.A / Cdnow.A, 0.95, 1.05);
        Assert.InRange(found.B / Cdnow.B, 0.95, 1.05);
    }

    [Fact]
    public void Expected_purchases_are_those_that_customers_make()
    {
        var customers = Customers(Cdnow, 100_000, seed: 7).ToList();

        foreach (var alike in customers.GroupBy(customer => Math.Min(customer.Known.RepeatCount, 6)))
        {
            var expected = alike.Average(customer => Cdnow.ExpectedPurchases(customer.Known, 39));
            var made = alike.Select(customer => (double)customer.Later).ToList();
            var error = Math.Sqrt(made.Average(count => (count - made.Average()) * (count - made.Average())) / made.Count);

            Assert.InRange(made.Average(), expected - (4 * error), expected + (4 * error));
        }
    }

    [Fact]
    public void Those_who_are_said_to_be_alive_are()
    {
        var customers = Customers(Cdnow, 100_000, seed: 8).Where(customer => customer.Known.RepeatCount > 0).ToList();

        foreach (var alike in customers.GroupBy(customer => (int)(5 * Cdnow.AliveProbability(customer.Known))))
        {
            var expected = alike.Average(customer => Cdnow.AliveProbability(customer.Known));
            var error = Math.Sqrt(expected * (1 - expected) / alike.Count());

            Assert.InRange(alike.Average(customer => customer.IsAlive ? 1.0 : 0.0), expected - (4 * error), expected + (4 * error));
        }
    }

    /// <summary>The likelihood of nothing in a week is (alpha / (alpha + 1)) ^ r, whatever leaving does: only a purchase is an occasion to leave.</summary>
    [Fact]
    public void A_likelihood_worked_out_by_hand() => Assert.Equal(2 * Math.Log(3.0 / 4), new BgNbd(2, 3, 1, 1).LogLikelihood(new(0, 0, 1)), 12);

    /// <summary>
    /// r = 1, alpha = 1, a = b = 1, one purchase half way through two weeks: 1 / (1 + 2)^2 x 1/2 for one who stayed, 1 / (1 + 1)^2 x 1/2 for one who left.
    /// </summary>
    [Fact]
    public void Another_likelihood_worked_out_by_hand() =>
        Assert.Equal(Math.Log((1 / 9.0 / 2) + (1 / 4.0 / 2)), new BgNbd(1, 1, 1, 1).LogLikelihood(new(1, 1, 2)), 12);

    [Fact]
    public void A_first_shape_of_one_is_no_gap()
    {
        var beside = new BgNbd(0.5, 4, 1.0001, 2).ExpectedPurchases(new(3, 20, 30), 10);

        Assert.Equal(beside, new BgNbd(0.5, 4, 1, 2).ExpectedPurchases(new(3, 20, 30), 10), 3);
    }

    [Theory]
    [InlineData(500, 200, 200.5)]
    [InlineData(0, 0, 0.1)]
    [InlineData(40, 1, 300)]
    public void Extreme_histories_give_numbers(long count, double recency, double age)
    {
        var history = new PurchaseHistory(count, recency, age);

        Assert.InRange(Cdnow.AliveProbability(history), 0, 1);
        Assert.InRange(Cdnow.ExpectedPurchases(history, 260), 0, 260 * (count + 1));
    }

    /// <summary>Customers that buy at their own rate for 27 to 39 weeks and then for 39 more, each leaving after a purchase with its own probability.</summary>
    private static IEnumerable<(PurchaseHistory Known, int Later, bool IsAlive)> Customers(BgNbd model, int count, int seed)
    {
        var random = new Random(seed);
        for (var customer = 0; customer < count; customer++)
        {
            var rate = Gamma.Sample(random, model.R, model.Alpha);
            var leaving = Beta.Sample(random, model.A, model.B);
            var age = 27 + (12 * random.NextDouble());
            var (repeats, last, later, isAlive, now) = (0, 0.0, 0, true, 0.0);
            while (true)
            {
                now += -Math.Log(1 - random.NextDouble()) / rate;
                if (now > age + 39)
                {
                    break;
                }

                (repeats, last, later) = now <= age ? (repeats + 1, now, later) : (repeats, last, later + 1);
                if (random.NextDouble() < leaving)
                {
                    isAlive = now > age;
                    break;
                }
            }

            yield return (new PurchaseHistory(repeats, last, age), later, isAlive);
        }
    }
}
