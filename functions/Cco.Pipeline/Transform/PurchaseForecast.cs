using System.Data.Common;
using Cco.Pipeline.Statistics;

namespace Cco.Pipeline.Transform;

/// <summary>What fitted models expect of each customer: is it still one, how often will it buy in the months to come, and for how much.</summary>
internal sealed class PurchaseForecast : IModelProcedure
{
    private const double WeeksAMonth = 365 / 12.0 / 7;

    public string Name => "purchase_forecast";

    public int Version => 1;

    public IReadOnlyList<(string Name, string Type)> Inputs { get; } =
    [
        ("calibration", "VARCHAR"), ("customer_key", "VARCHAR"), ("repeat_purchase_count", "BIGINT"), ("recency_weeks", "DOUBLE"), ("age_weeks", "DOUBLE"),
        ("mean_repeat_amount", "DOUBLE"), ("horizon_months", "BIGINT"), ("month_worth", "DOUBLE"), ("bg_nbd_r", "DOUBLE"), ("bg_nbd_alpha", "DOUBLE"),
        ("bg_nbd_a", "DOUBLE"), ("bg_nbd_b", "DOUBLE"), ("gamma_gamma_p", "DOUBLE"), ("gamma_gamma_q", "DOUBLE"), ("gamma_gamma_v", "DOUBLE"),
    ];

    public IEnumerable<IReadOnlyList<object?>> Rows(DbDataReader input)
    {
        while (input.Read())
        {
            var history = new PurchaseHistory(input.GetInt64(2), input.GetDouble(3), input.GetDouble(4));
            var purchases = new BgNbd(input.GetDouble(8), input.GetDouble(9), input.GetDouble(10), input.GetDouble(11));
            var amounts = new GammaGamma(input.GetDouble(12), input.GetDouble(13), input.GetDouble(14));
            var (expected, discounted) = Expected(purchases, history, input.GetInt64(6), input.GetDouble(7));
            yield return
            [
                input.GetString(0), input.GetString(1), purchases.AliveProbability(history), expected, discounted,
                amounts.ExpectedAmount(history.RepeatCount, input.IsDBNull(5) ? 0 : input.GetDouble(5)),
            ];
        }
    }

    /// <summary>Purchases of the months to come, as many as they are and each month's weighed by what it is worth now, the first one in full.</summary>
    private static (double Expected, double Discounted) Expected(BgNbd purchases, PurchaseHistory history, long months, double monthWorth)
    {
        if (monthWorth == 1)
        {
            var all = purchases.ExpectedPurchases(history, months * WeeksAMonth);
            return (all, all);
        }

        var (before, discounted, worth) = (0.0, 0.0, 1.0);
        for (var month = 1; month <= months; month++)
        {
            var until = purchases.ExpectedPurchases(history, month * WeeksAMonth);
            discounted += (until - before) * worth;
            (before, worth) = (until, worth * monthWorth);
        }

        return (before, discounted);
    }
}
