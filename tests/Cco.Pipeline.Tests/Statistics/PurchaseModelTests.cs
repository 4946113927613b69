using System.Globalization;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Tests.Sample;
using MathNet.Numerics.Distributions;

namespace Cco.Pipeline.Tests.Statistics;

/// <summary>From payments of customers without a contract to their predicted lifetime value.</summary>
public sealed class PurchaseModelTests(PurchaseModelTests.Shop shop) : IClassFixture<PurchaseModelTests.Shop>
{
    private const int Customers = 3_000;

    private readonly ModelWorld world = shop.World;

    [Fact]
    public void What_was_foretold_a_year_ago_came() => Assert.Equal(
        ["as_of|fitted|true", "year_before|fitted|true"],
        world.Query(
            """
            select
                calibration,
                fit_status,
                abs(expected_repeat_purchase_count / repeat_purchase_count - 1) < 0.05
                and coalesce(abs(expected_later_purchase_count / later_purchase_count - 1) < 0.1, calibration = 'as_of')
            from fct_purchase_model
            order by 1
            """));

    [Fact]
    public void Each_customer_is_worth_its_purchases_to_come() => Assert.Equal(
        ["3000|3000|true|true|true"],
        world.Query(
            """
            select
                count(*),
                count(*) filter (prediction_method = 'purchases'),
                -- discounted, and so less than all of them; what they bring is near the mean of 20 for each
                bool_and(predicted_amount <= cast(expected_purchase_count * expected_purchase_amount * 0.5 as decimal(18, 4))),
                sum(predicted_amount) > 0.7 * sum(expected_purchase_count * expected_purchase_amount * 0.5),
                abs(avg(expected_purchase_amount) / 20 - 1) < 0.05
            from fct_customer_lifetime_value
            """));

    [Fact]
    public void The_marts_keep_their_contracts() =>
        Assert.Equal("", world.Broken("fct_purchase_model") + world.Broken("fct_customer_lifetime_value"));

    /// <summary>Three years in which customers arrive, buy at their own rate, spend about their own mean, and leave.</summary>
    private static IEnumerable<string> Payments()
    {
        var random = new Random(20261125);
        var end = new DateTime(2026, 1, 1);
        var payment = 0;
        for (var customer = 0; customer < Customers; customer++)
        {
            var (rate, leaving) = (Gamma.Sample(random, 0.8, 20), Beta.Sample(random, 1.5, 6));
            var scale = Gamma.Sample(random, 4, 12); // amounts of a customer have the mean 5 / scale, whose own mean is 5 x 12 / 3 = 20
            var now = end.AddDays(-random.Next(1, 3 * 365));
            while (now < end)
            {
                var amount = Math.Max(0.01, Gamma.Sample(random, 5, scale));
                yield return string.Create(CultureInfo.InvariantCulture, $"{payment++},{customer},succeeded,USD,{amount:0.00},{now:yyyy-MM-dd HH:mm}");
                now = random.NextDouble() < leaving ? end : now.AddDays(Math.Min(10_000, -7 * Math.Log(1 - random.NextDouble()) / rate));
            }
        }
    }

    /// <summary>The models of one shop, built once for all questions.</summary>
    public sealed class Shop : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Shop()
        {
            File.WriteAllText(Path.Combine(folder.Path, "variables.csv"), "name,value\ngross_margin_rate,0.5::decimal(18, 4)\nclv_discount_rate,0.1::decimal(18, 4)\n");
            File.WriteAllLines(Path.Combine(folder.Path, "customer.csv"), Enumerable.Range(0, Customers).Select(number => $"{number}").Prepend("customer_id"));
            File.WriteAllLines(Path.Combine(folder.Path, "payment.csv"), Payments().Prepend("payment_id,customer_id,status,currency,amount,paid_at"));
            World = ModelWorld.Load(folder.Path);
            World.Build("fct_purchase_model", "fct_customer_lifetime_value");
        }

        internal ModelWorld World { get; }

        public void Dispose()
        {
            World.Dispose();
            folder.Dispose();
        }
    }
}
