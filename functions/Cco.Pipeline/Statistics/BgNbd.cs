using System.Runtime.InteropServices;
using MathNet.Numerics;

namespace Cco.Pipeline.Statistics;

/// <summary>
/// The BG/NBD model of customers without a contract: while alive a customer buys at random, at a rate that differs between customers by a gamma
/// distribution, and after each purchase it may leave for good, with a probability that differs by a beta distribution.
/// </summary>
/// <remarks>
/// Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2). The hypergeometric function is transformed by
/// Euler's formula, so that its series stays small and converges for customers with many purchases, too.
/// </remarks>
/// <param name="R">Shape of the purchase rates, above 0.</param>
/// <param name="Alpha">Scale of the purchase rates in weeks, above 0: the mean rate is <paramref name="R"/> / <paramref name="Alpha"/> a week.</param>
/// <param name="A">First shape of the leaving probabilities, above 0: their mean is a / (a + b).</param>
/// <param name="B">Second shape of the leaving probabilities, above 0.</param>
public sealed record BgNbd(double R, double Alpha, double A, double B)
{
    /// <summary>Finds the parameters under which the histories are most likely.</summary>
    /// <param name="histories">One for each customer.</param>
    /// <returns>The model with the log-likelihood of the histories; null where the search does not settle.</returns>
    public static Fit<BgNbd>? Of(IReadOnlyList<PurchaseHistory> histories)
    {
        var counts = histories.Select(history => history.RepeatCount).Distinct().ToList();
        return LikelihoodSearch.Maximise(
            [1, histories.Average(history => history.AgeWeeks), 1, 1],
            parameters => new BgNbd(parameters[0], parameters[1], parameters[2], parameters[3]),
            model =>
            {
                var terms = counts.ToDictionary(count => count, model.TermsOf);
                return histories.Sum(history => model.LogLikelihood(history, terms[history.RepeatCount]));
            },
            histories.Count);
    }

    /// <summary>The logarithm of the probability density of a history.</summary>
    public double LogLikelihood(PurchaseHistory history) => LogLikelihood(history, TermsOf(history.RepeatCount));

    /// <summary>The probability that the customer has not left, 0 to 1. One that never came back has had no occasion to leave: 1.</summary>
    public double AliveProbability(PurchaseHistory history) => 1 / (1 + OddsOfHavingLeft(history));

    /// <summary>Expected purchases of the next so many weeks.</summary>
    public double ExpectedPurchases(PurchaseHistory history, double weeks)
    {
        var span = Alpha + history.AgeWeeks;
        var past = weeks / (span + weeks);
        var firstShape = A == 1 ? A + 1e-9 : A; // at 1 the quotient is 0 / 0, and its limit is that from beside it
        var sumOfShapes = firstShape + B + history.RepeatCount - 1;
        var stays = Math.Pow(span / (span + weeks), firstShape - 1) * Hypergeometric(firstShape + B - 1 - R, firstShape - 1, sumOfShapes, past);
        return sumOfShapes / (firstShape - 1) * (1 - stays) * AliveProbability(history);
    }

    /// <summary>Expected purchases after the first one of a customer that comes now, in so many weeks.</summary>
    public double ExpectedPurchases(double weeks) => ExpectedPurchases(default, weeks);

    /// <summary>Gauss's hypergeometric function by its series, for 0 &lt;= z &lt; 1.</summary>
    private static double Hypergeometric(double a, double b, double c, double z)
    {
        const int MostTerms = 100_000;
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < MostTerms && Math.Abs(term) > 1e-15 * Math.Abs(sum); n++)
        {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
        }

        return sum;
    }

    private double OddsOfHavingLeft(PurchaseHistory history) => history.RepeatCount == 0
        ? 0
        : A / (B + history.RepeatCount - 1) * Math.Pow((Alpha + history.AgeWeeks) / (Alpha + history.RecencyWeeks), R + history.RepeatCount);

    private double LogLikelihood(PurchaseHistory history, Terms terms)
    {
        var stayed = -(R + history.RepeatCount) * Math.Log(Alpha + history.AgeWeeks);
        if (history.RepeatCount == 0)
        {
            return terms.Common + stayed;
        }

        var left = terms.Left - ((R + history.RepeatCount) * Math.Log(Alpha + history.RecencyWeeks));
        var larger = Math.Max(stayed, left);
        return terms.Common + larger + Math.Log(Math.Exp(stayed - larger) + Math.Exp(left - larger));
    }

    private Terms TermsOf(long count) => new(
        SpecialFunctions.GammaLn(R + count) - SpecialFunctions.GammaLn(R) + (R * Math.Log(Alpha))
            + SpecialFunctions.GammaLn(A + B) + SpecialFunctions.GammaLn(B + count) - SpecialFunctions.GammaLn(B) - SpecialFunctions.GammaLn(A + B + count),
        count == 0 ? 0 : Math.Log(A) - Math.Log(B + count - 1));

    /// <summary>What all histories with the same number of purchases share.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Terms(double Common, double Left);
}
