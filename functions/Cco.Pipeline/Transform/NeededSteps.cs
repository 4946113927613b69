using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>Which steps a build must take: from its results back to what is there already.</summary>
/// <param name="All">The steps that are made or used.</param>
/// <param name="ToBuild">Those of them that are made.</param>
internal sealed record NeededSteps(IReadOnlySet<string> All, IReadOnlySet<string> ToBuild)
{
    /// <param name="plan">The steps there are.</param>
    /// <param name="results">The steps whose results are wanted.</param>
    /// <param name="lake">Where results are.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<NeededSteps> FindAsync(BuildPlan plan, IEnumerable<string> results, ILake lake, CancellationToken cancellationToken)
    {
        var kept = plan.Steps.Values.Where(step => step.IsKept).ToList();
        var isThere = await Task.WhenAll(kept.Select(step => lake.ExistsAsync(step.Path, cancellationToken)));
        var there = kept.Zip(isThere).Where(step => step.Second).Select(step => step.First.Name).ToHashSet(StringComparer.Ordinal);

        var all = new HashSet<string>(StringComparer.Ordinal);
        var toBuild = new HashSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            Visit(result);
        }

        return new NeededSteps(all, toBuild);

        void Visit(string name)
        {
            if (!all.Add(name) || there.Contains(name))
            {
                return;
            }

            toBuild.Add(name);
            foreach (var input in plan.Steps[name].Inputs)
            {
                Visit(input);
            }
        }
    }

    /// <summary>The steps that those to build read.</summary>
    public IReadOnlySet<string> Inputs(BuildPlan plan) => ToBuild.SelectMany(name => plan.Steps[name].Inputs).ToHashSet(StringComparer.Ordinal);
}
