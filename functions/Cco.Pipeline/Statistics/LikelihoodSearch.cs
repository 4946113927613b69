using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Cco.Pipeline.Statistics;

/// <summary>A model that was fitted.</summary>
/// <param name="Model">It.</param>
/// <param name="LogLikelihood">The log-likelihood of what it was fitted to.</param>
public sealed record Fit<T>(T Model, double LogLikelihood);

/// <summary>Finds the positive parameters under which something observed is most likely, with the simplex method of Nelder and Mead.</summary>
internal static class LikelihoodSearch
{
    private const double Tolerance = 1e-10;
    private const int MostSteps = 5_000;
    private const int MostRounds = 20;

    /// <summary>A parameter that is so many times its start, or as small a part of it, runs away: nothing observed holds it.</summary>
    private const double Farthest = 1e5;

    /// <summary>Searches from a start, and again from what was found until that is no better: a simplex that shrank too early does not recover.</summary>
    /// <param name="start">Where to begin: the size that each parameter may be expected to have.</param>
    /// <param name="modelOf">The model with given parameters.</param>
    /// <param name="logLikelihood">The log-likelihood of all that was observed under a model.</param>
    /// <param name="count">How many observations there are.</param>
    /// <returns>The best model; null where the search does not settle.</returns>
    public static Fit<T>? Maximise<T>(IReadOnlyList<double> start, Func<IReadOnlyList<double>, T> modelOf, Func<T, double> logLikelihood, int count)
    {
        // Logarithms keep the parameters positive; the mean of an observation keeps the tolerance apart from the number of them.
        T At(Vector<double> point) => modelOf([.. start.Zip(point, (size, logarithm) => size * Math.Exp(logarithm))]);
        bool IsFar(Vector<double> point) => point.AbsoluteMaximum() > Math.Log(Farthest);
        var objective = ObjectiveFunction.Value(point => IsFar(point) || logLikelihood(At(point)) / -count is not (var value and not double.NaN) ? double.MaxValue : value);
        var simplex = new NelderMeadSimplex(Tolerance, MostSteps);
        var step = Vector<double>.Build.Dense(start.Count, 0.5);
        var best = Vector<double>.Build.Dense(start.Count);
        try
        {
            var before = double.MaxValue;
            for (var round = 0; round < MostRounds; round++)
            {
                var found = simplex.FindMinimum(objective, best, step);
                best = found.MinimizingPoint;
                if (before - found.FunctionInfoAtMinimum.Value < Tolerance)
                {
                    break;
                }

                before = found.FunctionInfoAtMinimum.Value;
            }
        }
        catch (OptimizationException)
        {
            return null;
        }

        var model = At(best);
        return best.AbsoluteMaximum() > 0.95 * Math.Log(Farthest) ? null : new Fit<T>(model, logLikelihood(model));
    }
}
