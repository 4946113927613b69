using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>What is known of a run while it goes on.</summary>
internal sealed class RunRecord(RunId run, DateOnly asOf, IReadOnlyDictionary<string, string> settings)
{
    private RunStatus status = RunStatus.Succeeded;
    private string? error;

    public RunId Run => run;

    public DateOnly AsOf => asOf;

    public IReadOnlyDictionary<string, string> Settings => settings;

    public IReadOnlyList<FileReceipt> Files { get; set; } = [];

    public IReadOnlyList<StreamReceipt> Streams { get; set; } = [];

    public IReadOnlyList<BuiltModel> Models { get; set; } = [];

    public bool IsPublished { get; set; }

    public void Canceled() => (status, error) = (RunStatus.Canceled, "The run was ended from outside.");

    public void Failed(string message) => (status, error) = (RunStatus.Failed, message);

    public RunReport Report(DateTimeOffset endedAt)
    {
        var broken = Models.Where(model => model.Outcome == BuildOutcome.Failed).ToList();
        if (status == RunStatus.Succeeded && broken.Count > 0)
        {
            Failed($"{broken.Count} of {Models.Count} models and audits failed, so nothing was published: {string.Join(", ", broken.Select(model => model.Name))}.");
        }

        var unread = Streams.Where(stream => stream.Outcome == StreamOutcome.Failed).ToList();
        if (status == RunStatus.Succeeded && unread.Count > 0)
        {
            Failed($"{unread.Count} of {Streams.Count} streams were not read to the end: {string.Join(", ", unread.Select(stream => $"{stream.Source}.{stream.Stream}"))}. {(IsPublished ? "The marts were published with what landed." : "")}".TrimEnd());
        }

        return new RunReport(
            run.Value, asOf, status, run.StartedAt, endedAt, IsPublished, error, Files, [.. Models.Select(ModelReceipt.Of)], settings)
        { Streams = Streams };
    }
}
