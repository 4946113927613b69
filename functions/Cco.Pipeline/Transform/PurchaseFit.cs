using System.Data.Common;
using Cco.Pipeline.Statistics;

namespace Cco.Pipeline.Transform;

/// <summary>Fits <see cref="BgNbd"/> to how often customers came back and <see cref="GammaGamma"/> to what they spent, once for each calibration.</summary>
internal sealed class PurchaseFit : IModelProcedure
{
    /// <summary>With fewer customers, or fewer that came back, four parameters say nothing.</summary>
    private const int FewestCustomers = 30;
    private const int FewestRepeatCustomers = 10;

    public string Name => "purchase_fit";

    public int Version => 1;

    public IReadOnlyList<(string Name, string Type)> Inputs { get; } =
    [
        ("calibration", "VARCHAR"), ("customer_key", "VARCHAR"), ("repeat_purchase_count", "BIGINT"), ("recency_weeks", "DOUBLE"), ("age_weeks", "DOUBLE"),
        ("mean_repeat_amount", "DOUBLE"),
    ];

    public IEnumerable<IReadOnlyList<object?>> Rows(DbDataReader input)
    {
        var calibrations = new OrderedDictionary<string, List<(PurchaseHistory History, double MeanAmount)>>(StringComparer.Ordinal);
        while (input.Read())
        {
            var name = input.GetString(0);
            if (!calibrations.TryGetValue(name, out var customers))
            {
                calibrations[name] = customers = [];
            }

            var history = new PurchaseHistory(input.GetInt64(2), input.GetDouble(3), input.GetDouble(4));
            customers.Add((history, input.IsDBNull(5) ? 0 : input.GetDouble(5)));
        }

        return calibrations.Select(calibration => Row(calibration.Key, calibration.Value));
    }

    private static IReadOnlyList<object?> Row(string calibration, List<(PurchaseHistory History, double MeanAmount)> customers)
    {
        var repeating = customers.Where(customer => customer.History.RepeatCount > 0).ToList();
        var isEnough = customers.Count >= FewestCustomers && repeating.Count >= FewestRepeatCustomers;
        var purchases = isEnough ? BgNbd.Of([.. customers.Select(customer => customer.History)]) : null;
        var amounts = isEnough ? GammaGamma.Of([.. repeating.Select(customer => (customer.History.RepeatCount, customer.MeanAmount))]) : null;
        var status = !isEnough ? "too_few_customers"
            : purchases is null || amounts is null || !double.IsFinite(amounts.Model.MeanAmount) ? "no_fit"
            : "fitted";
        return
        [
            calibration, status, purchases?.Model.R, purchases?.Model.Alpha, purchases?.Model.A, purchases?.Model.B, purchases?.LogLikelihood,
            amounts?.Model.P, amounts?.Model.Q, amounts?.Model.V, amounts?.LogLikelihood,
            (long)customers.Count, (long)repeating.Count, repeating.Sum(customer => customer.History.RepeatCount),
            purchases is null ? null : customers.Sum(customer => purchases.Model.ExpectedPurchases(customer.History.AgeWeeks)),
        ];
    }
}
