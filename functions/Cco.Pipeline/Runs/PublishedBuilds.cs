using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Opens what published runs have built. With a run's settings and the raw files it had, the plan is the one it followed, as long as the
/// models are the same: so every period can be asked about, not only those that the marts keep contributions of.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="transformer">Opens them.</param>
/// <param name="shared">A folder through which they exchange files with others; null: there is none.</param>
internal sealed class PublishedBuilds(ILake lake, Transformer transformer, ScratchFolder? shared = null)
{
    /// <summary>Opens results of a published run; what is not in the lake any more is made again.</summary>
    /// <param name="catalog">The models.</param>
    /// <param name="manifest">The run.</param>
    /// <param name="choose">Names the results beside what the contributions read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">The report of the run, which has its settings, is gone.</exception>
    /// <exception cref="TransformException">The run cannot be found again.</exception>
    public async Task<OpenBuild> OpenAsync(
        Catalog catalog, Manifest manifest, Func<BuildPlan, IEnumerable<string>> choose, CancellationToken cancellationToken)
    {
        var report = await RunReport.ReadAsync(lake, manifest.RunId, cancellationToken)
            ?? throw new FileNotFoundException($"The report of the run {manifest.RunId}, which published the marts, is gone: `cco run` publishes anew.", manifest.RunId);
        return await FindAsync(catalog, manifest, report, choose, cancellationToken) ?? throw new TransformException(SqlProblem.In(
            Contributions.File,
            $"run {manifest.RunId}, which published the marts, built them from other models or raw files than there are now: `cco run` publishes anew, then ask again."));
    }

    /// <summary>Opens results of a published run, as <see cref="OpenAsync"/>; null where there are other models or raw files now than it had.</summary>
    public async Task<OpenBuild?> FindAsync(
        Catalog catalog, Manifest manifest, RunReport report, Func<BuildPlan, IEnumerable<string>> choose, CancellationToken cancellationToken)
    {
        var isTheSame = false;
        var raw = (await RawFiles.ListAsync(lake, cancellationToken)).UpTo(RunId.Parse(manifest.RunId));
        var build = await transformer.OpenAsync(new BuildInputs(catalog, raw, report.AllSettings()), Choose, new NoProgress(), shared, cancellationToken);
        if (isTheSame)
        {
            return build;
        }

        build.Dispose();
        return null;

        IReadOnlyList<string> Choose(BuildPlan plan)
        {
            IReadOnlyList<string> results = plan.Steps.TryGetValue(Contributions.Mart, out var contributions)
                ? [.. contributions.Inputs.Union(choose(plan))]
                : [];
            isTheSame = results.Count > 0 && manifest.Tables.Where(table => table.Name == Contributions.Mart || results.Contains(table.Name))
                .All(table => plan.Steps.TryGetValue(table.Name, out var step) && step.Fingerprint == table.Fingerprint);
            return isTheSame ? results : [];
        }
    }
}
