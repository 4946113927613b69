namespace Cco.Pipeline.Runs;

/// <summary>A run that did not succeed, for hosts whose only way to say so is to throw.</summary>
public sealed class RunFailedException : Exception
{
    private RunFailedException(RunReport report)
        : base($"Run {report.Id} {report.Status.ToString().ToLowerInvariant()}: {report.Error} Its report is '{RunReport.Folder}/{report.Id}.json' in the lake.")
    {
    }

    /// <summary>Returns if the run succeeded.</summary>
    /// <exception cref="RunFailedException">It did not.</exception>
    public static void ThrowIfFailed(RunReport report)
    {
        if (report.Status != RunStatus.Succeeded)
        {
            throw new RunFailedException(report);
        }
    }
}
