using MathNet.Numerics;

namespace Cco.Pipeline.Statistics;

/// <summary>
/// The Gamma-Gamma model of what purchases are worth: amounts of a customer vary about its own mean, and the means vary between customers.
/// What a customer spends is taken to be independent of how often it buys.
/// </summary>
/// <remarks>Fader, Hardie (2013), The Gamma-Gamma Model of Monetary Value; Fader, Hardie, Lee (2005), RFM and CLV, Journal of Marketing Research 42(4).</remarks>
/// <param name="P">Shape of the amounts of one customer, above 0.</param>
/// <param name="Q">Shape of the distribution between customers, above 0; with 1 or less no mean amount exists.</param>
/// <param name="V">Scale of the distribution between customers, above 0, in the currency of the amounts.</param>
public sealed record GammaGamma(double P, double Q, double V)
{
    /// <summary>The mean amount of a purchase of all customers; infinite where none exists.</summary>
    public double MeanAmount => Q > 1 ? P * V / (Q - 1) : double.PositiveInfinity;

    /// <summary>Finds the parameters under which the amounts are most likely.</summary>
    /// <param name="customers">Customers with at least one purchase that counts: how many, and their mean amount, above 0.</param>
    /// <returns>The model with the log-likelihood of the amounts; null where the search does not settle, as where all amounts are equal.</returns>
    public static Fit<GammaGamma>? Of(IReadOnlyList<(long Count, double MeanAmount)> customers)
    {
        var counts = customers.Select(customer => customer.Count).Distinct().ToList();
        return LikelihoodSearch.Maximise(
            [1, 2, customers.Average(customer => customer.MeanAmount)],
            parameters => new GammaGamma(parameters[0], parameters[1], parameters[2]),
            model =>
            {
                var terms = counts.ToDictionary(count => count, model.TermOf);
                return customers.Sum(customer => model.LogLikelihood(customer.Count, customer.MeanAmount, terms[customer.Count]));
            },
            customers.Count);
    }

    /// <summary>The logarithm of the probability density of so many purchases' mean amount.</summary>
    public double LogLikelihood(long count, double meanAmount) => LogLikelihood(count, meanAmount, TermOf(count));

    /// <summary>What a customer's next purchases are worth on average: between its own mean so far and that of all customers.</summary>
    /// <param name="count">Its purchases that count, 0 or more.</param>
    /// <param name="meanAmount">Their mean; of no meaning where there are none.</param>
    public double ExpectedAmount(long count, double meanAmount) =>
        count == 0 ? MeanAmount : P * (V + (count * meanAmount)) / ((P * count) + Q - 1);

    private double LogLikelihood(long count, double meanAmount, double term) =>
        term + (((P * count) - 1) * Math.Log(meanAmount)) + (P * count * Math.Log(count)) - (((P * count) + Q) * Math.Log(V + (count * meanAmount)));

    private double TermOf(long count) =>
        SpecialFunctions.GammaLn((P * count) + Q) - SpecialFunctions.GammaLn(P * count) - SpecialFunctions.GammaLn(Q) + (Q * Math.Log(V));
}
