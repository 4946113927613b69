using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>Which steps a build must take: from the marts, the audits and the quarantine back to what is there already.</summary>
/// <param name="All">The steps that are made or used.</param>
/// <param name="ToBuild">Those of them that are made.</param>
internal sealed record NeededSteps(IReadOnlySet<string> All, IReadOnlySet<string> ToBuild)
{
    public static async Task<NeededSteps> FindAsync(BuildPlan plan, ILake lake, CancellationToken cancellationToken)
    {
        var kept = plan.Steps.Values.Where(step => step.IsKept).ToList();
        var isThere = await Task.WhenAll(kept.Select(step => lake.ExistsAsync(step.Path, cancellationToken)));
        var there = kept.Zip(isThere).Where(step => step.Second).Select(step => step.First.Name).ToHashSet(StringComparer.Ordinal);

        var all = new HashSet<string>(StringComparer.Ordinal);
        var toBuild = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in plan.Steps.Values.Where(step => step.Schema is "marts" or "audits" || step.Kind == StepKind.Rejected))
        {
            Visit(root.Name);
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
}
