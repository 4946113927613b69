using Cco.Pipeline.Extract;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli;

/// <summary>Shows a run: bars in a terminal, a line for each stage elsewhere, nothing before the result for machines.</summary>
internal static class RunDisplay
{
    /// <summary>Does a run and shows how it goes on.</summary>
    public static Task<RunReport> RunAsync(CliSession session, RunRequest request, CancellationToken cancellationToken)
    {
        var run = session.Get<PipelineRun>();
        if (!session.Output.IsInteractive)
        {
            return run.RunAsync(request, new Lines(session.Output), cancellationToken);
        }

        return session.Output.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(progress => run.RunAsync(request, new Bars(progress, session.Get<TimeProvider>()), cancellationToken));
    }

    /// <summary>What a run did, in a few lines.</summary>
    public static void Summary(IAnsiConsole console, RunReport report)
    {
        var files = report.Files.ToLookup(file => file.Outcome);
        var models = report.Models.ToLookup(model => model.Outcome);
        var colour = report.Status == RunStatus.Succeeded ? "green" : "red";
        console.MarkupLineInterpolated($"Run [bold]{report.Id}[/] [{colour}]{report.Status.ToString().ToLowerInvariant()}[/] in {(report.EndedAt - report.StartedAt).TotalSeconds:0.0} s, as of {report.AsOf:yyyy-MM-dd}");
        if (report.Streams.Count > 0)
        {
            var streams = report.Streams.ToLookup(stream => stream.Outcome);
            console.MarkupLineInterpolated(
                $"  extract    {Output.Count(streams[StreamOutcome.Read].Count(), "stream")} read with {Output.Count(report.Streams.Sum(stream => stream.Rows), "record")} by {Output.Count(report.Streams.Sum(stream => stream.Requests), "request")}, {streams[StreamOutcome.Failed].Count()} failed");
        }

        console.MarkupLineInterpolated(
            $"  intake     {Output.Count(files[FileOutcome.Landed].Count(), "file")} landed with {Output.Count(report.Files.Sum(file => file.Rows), "row")}, {Output.Count(files[FileOutcome.Duplicate].Count(), "duplicate")}, {files[FileOutcome.Failed].Count()} failed");
        console.MarkupLineInterpolated(
            $"  transform  {Output.Count(models[BuildOutcome.Built].Count(), "result")} built, {models[BuildOutcome.Unchanged].Count()} unchanged, {models[BuildOutcome.Failed].Count()} failed, {models[BuildOutcome.Skipped].Count()} skipped");
        console.MarkupLineInterpolated($"  publish    {(report.Published ? "done" : "nothing; the marts are those of the last run that published")}");
        if (report.Quarantined > 0)
        {
            console.MarkupLineInterpolated($"  quarantine {Output.Count(report.Quarantined, "row")}; `cco quarantine list` says why");
        }

        foreach (var stream in report.Streams.Where(stream => stream.Error is not null))
        {
            console.MarkupLineInterpolated($"[red]  {stream.Error}[/]");
        }

        foreach (var file in files[FileOutcome.Failed])
        {
            console.MarkupLineInterpolated($"[red]  {file.Table}/{file.File}: {file.Reason}[/]");
        }

        foreach (var model in report.Models.Where(model => model.Outcome == BuildOutcome.Failed))
        {
            console.MarkupLineInterpolated($"[red]  {model.Error}[/]");
        }

        if (report.Error is { } error)
        {
            console.MarkupLineInterpolated($"[red]{error}[/]");
        }
    }

    /// <summary>A bar for the files and one for the models.</summary>
    private sealed class Bars(ProgressContext progress, TimeProvider time) : IRunProgress
    {
        private readonly StreamSpeed speed = new(time);
        private readonly ProgressTask streams = progress.AddTask("extract", autoStart: false);
        private readonly ProgressTask files = progress.AddTask("intake", autoStart: false);
        private readonly ProgressTask models = progress.AddTask("transform", autoStart: false);
        private readonly ProgressTask publish = progress.AddTask("publish", autoStart: false, maxValue: 1);

        public void Began(RunId run, DateOnly asOf)
        {
        }

        public void Entered(RunStage stage)
        {
            var task = stage switch { RunStage.Extract => streams, RunStage.Intake => files, RunStage.Transform => models, _ => publish };
            task.StartTask();
            task.IsIndeterminate = stage is RunStage.Publish or RunStage.Extract;
        }

        public void StreamBegan(StreamName stream) => speed.Began(stream);

        public void WindowBegan(StreamName stream, Window window, DateTimeOffset until) => speed.WindowBegan(stream, window, until);

        public void PageRead(StreamName stream, int records) => streams.Description = Label("extract", speed.Read(stream, records));

        public void StreamDone(StreamReceipt receipt) => streams.Description = Label("extract", $"{receipt.Source}.{receipt.Stream}: {Output.Count(receipt.Rows, "record")}");

        public void FilesFound(int count)
        {
            (streams.IsIndeterminate, streams.Value) = (false, streams.MaxValue);
            files.MaxValue = Math.Max(count, 1);
        }

        public void FileDone(FileReceipt file)
        {
            files.Increment(1);
            files.Description = Label("intake", $"{file.Table}/{file.File}");
        }

        public void Planned(int count)
        {
            files.Value = files.MaxValue;
            files.Description = Label("intake", "done");
            models.MaxValue = Math.Max(count, 1);
        }

        public void Started(string name) => models.Description = Label("transform", name);

        public void Finished(BuiltModel model) => models.Increment(1);

        private static string Label(string stage, string what) => Markup.Escape($"{stage,-10} {(what.Length > 44 ? what[..44] : what),-44}");
    }

    /// <summary>A line for each stage, and one for each thing that went wrong.</summary>
    private sealed class Lines(Output output) : IRunProgress
    {
        public void Began(RunId run, DateOnly asOf) => Say($"run {run} as of {asOf:yyyy-MM-dd}");

        public void Entered(RunStage stage) => Say(stage.ToString().ToLowerInvariant());

        public void StreamDone(StreamReceipt receipt) => Say($"  {receipt.Source}.{receipt.Stream}: {Output.Count(receipt.Rows, "record")} by {Output.Count(receipt.Requests, "request")}{(receipt.Outcome == StreamOutcome.Read ? "" : $", {receipt.Outcome.ToString().ToLowerInvariant()}")}");

        public void FilesFound(int count) => Say($"  {Output.Count(count, "file")}");

        public void FileDone(FileReceipt file)
        {
        }

        public void Planned(int count) => Say($"  {Output.Count(count, "result")} to build");

        public void Started(string name)
        {
        }

        public void Finished(BuiltModel model)
        {
        }

        private void Say(string line)
        {
            if (!output.IsJson)
            {
                output.Raw(line + "\n");
            }
        }
    }
}
