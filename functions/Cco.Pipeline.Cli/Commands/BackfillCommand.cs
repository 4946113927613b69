using System.CommandLine;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco backfill</c>: reads a span of a source again.</summary>
internal static class BackfillCommand
{
    private const string Form = "yyyy-MM or yyyy-MM-dd";

    public static Command Build(CliRoot root)
    {
        var source = new Option<string?>("--source") { Description = "The source." };
        var streams = new Option<string[]>("--streams") { Description = "Its streams (default: all that are configured).", AllowMultipleArgumentsPerToken = true };
        var from = new Option<string?>("--from") { Description = "The first month or day to read, in UTC.", HelpName = Form };
        var to = new Option<string?>("--to") { Description = "The last month or day to read, likewise.", HelpName = Form };
        var replace = new Option<bool>("--replace") { Description = "Count known records of the span as deleted that the vendor has no more." };
        var dry = new Option<bool>("--dry-run") { Description = "Read and build aside, publish nothing, and show which published numbers would change." };
        var command = root.Command(
            "backfill",
            "Read a span of a source again, beside the schedule, and publish; goes on where it was ended, and any number of processes can work on it.",
            [source, streams, from, to, replace, dry],
            async (session, result, cancellationToken) =>
            {
                var request = BackfillRequest.Of(
                    result.GetValue(source) ?? throw new UsageException("Say what to read: --source <source> --from <month> --to <month>."),
                    [.. (result.GetValue(streams) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
                    result.GetValue(from) ?? throw new UsageException("Say where to begin: --from <month or day>."),
                    result.GetValue(to) ?? throw new UsageException("Say where to end: --to <month or day>."));
                var started = await session.Get<Backfills>().StartAsync(request with { Replaces = result.GetValue(replace), IsDryRun = result.GetValue(dry) }, cancellationToken);
                return await WorkAsync(session, started.Id, cancellationToken);
            });
        command.Subcommands.Add(List(root));
        command.Subcommands.Add(ById(root, "status", "Show how it stands with a backfill.", async (session, id, token) => Show(session, await session.Get<Backfills>().ReportAsync(id, token))));
        command.Subcommands.Add(ById(root, "pause", "Have its workers begin no further window.", async (session, id, token) => Show(session, await session.Get<Backfills>().PauseAsync(id, token))));
        command.Subcommands.Add(ById(root, "cancel", "Give it up; what has been read stays.", async (session, id, token) => Show(session, await session.Get<Backfills>().CancelAsync(id, token))));
        command.Subcommands.Add(ById(root, "resume", "Have it go on, and work on it here, too.", async (session, id, token) =>
        {
            await session.Get<Backfills>().ResumeAsync(id, token);
            return await WorkAsync(session, id, token);
        }));
        command.Subcommands.Add(ById(root, "retry", "Try again what has failed, and work on it here, too.", async (session, id, token) =>
        {
            await session.Get<Backfills>().RetryAsync(id, token);
            return await WorkAsync(session, id, token);
        }));
        return command;
    }

    private static Command ById(CliRoot root, string name, string description, Func<CliSession, string, CancellationToken, Task<int>> work)
    {
        var id = new Argument<string>("id") { Description = "The backfill, as `cco backfill list` names it." };
        return root.Command(name, description, [id], (session, result, cancellationToken) => work(session, result.GetValue(id)!, cancellationToken));
    }

    private static Command List(CliRoot root) => root.Command("list", "List the backfills, the latest first.", [], async (session, _, cancellationToken) =>
    {
        var backfills = session.Get<Backfills>();
        var reports = new List<BackfillReport>();
        foreach (var id in await backfills.ListAsync(cancellationToken))
        {
            reports.Add(await backfills.ReportAsync(id, cancellationToken));
        }

        session.Output.Write(reports, console =>
        {
            if (reports.Count == 0)
            {
                console.WriteLine("There has been no backfill.");
                return;
            }

            var table = Output.Table("Backfill", "Source", "From", "To", "Status", "Windows#", "Done#", "Failed#", "Records#");
            foreach (var report in reports)
            {
                var (backfill, until) = (report.Backfill, report.Backfill.Until.AddDays(-1));
                Output.Row(
                    table, backfill.Id, backfill.Source, $"{backfill.From:yyyy-MM-dd}", $"{until:yyyy-MM-dd}", Status(report), $"{backfill.Windows.Count:N0}", $"{report.Done:N0}", $"{report.Failed:N0}", $"{report.Rows:N0}");
            }

            console.Write(table);
        });
        return ExitCode.Done;
    });

    /// <summary>Works on a backfill in this process, and shows how it ended.</summary>
    private static async Task<int> WorkAsync(CliSession session, string id, CancellationToken cancellationToken)
    {
        var (runner, output) = (session.Get<BackfillRunner>(), session.Output);
        if (!output.IsJson)
        {
            Plan(output.Console, (await session.Get<Backfills>().ReportAsync(id, cancellationToken)).Backfill);
        }

        var report = output.IsInteractive
            ? await output.Console.Progress().AutoClear(true).StartAsync(progress => runner.RunAsync(id, new NoProgress(), new Bar(progress.AddTask("windows")), cancellationToken))
            : await runner.RunAsync(id, new NoProgress(), new Lines(output), cancellationToken);
        if (report is { Status: BackfillStatus.Succeeded, Backfill.IsDryRun: true } && await session.Get<Backfills>().ChangesAsync(id, cancellationToken) is { } changes)
        {
            if (output.IsJson)
            {
                output.Write(new { report, changes }, _ => { });
            }
            else
            {
                CompareCommand.Write(output, changes, "all");
            }

            return ExitCode.Done;
        }

        return Show(session, report);
    }

    private static void Plan(IAnsiConsole console, Backfill backfill)
    {
        console.WriteLine($"backfill {backfill.Id}: {backfill.Source}, {Output.Count(backfill.Windows.Count, "window")} of {Output.Count(backfill.Windows.Select(window => window.Stream).Distinct(StringComparer.Ordinal).Count(), "stream")}");
        console.WriteLine($"  about {Output.Count(backfill.Estimate.Calls, "request")}, {backfill.Estimate.Minutes:0.#} minutes of one worker at the source's pace");
        if (backfill.Estimate.Unmeasured.Count > 0)
        {
            console.WriteLine($"  more for {string.Join(", ", backfill.Estimate.Unmeasured)}: never read before, so one request a window is counted");
        }
    }

    private static int Show(CliSession session, BackfillReport report)
    {
        session.Output.Write(report, console =>
        {
            console.WriteLine($"Backfill {report.Backfill.Id} {Status(report)}: {report.Done:N0} of {Output.Count(report.Backfill.Windows.Count, "window")} read, {report.Failed:N0} failed, {report.Begun:N0} begun; {Output.Count(report.Rows, "record")} by {Output.Count(report.Calls, "request")}, {report.Deleted:N0} of them gone at the vendor.");
            foreach (var (number, window) in report.Windows.Where(window => window.Value.Error is not null))
            {
                console.MarkupLineInterpolated($"[red]  window {number}: {window.Error}[/]");
            }

            if (report.Result is { } result)
            {
                console.WriteLine(
                    result.Error ?? (result.RunId is { } run ? $"Published by run {run}; `cco compare` shows what is not as it was." : $"{(result.ChangedNumbers is { } count ? Output.Count(count, "number") : "Nothing is published whose numbers")} would change."));
            }
            else if (report.Failed > 0)
            {
                console.WriteLine($"`cco backfill retry {report.Backfill.Id}` tries again what failed.");
            }
        });
        return report.Status == BackfillStatus.Failed ? ExitCode.Wrong : ExitCode.Done;
    }

    private static string Status(BackfillReport report) => report.Status.ToString().ToLowerInvariant() + (report.Backfill.IsDryRun ? " (dry run)" : "");

    private static string Progress(BackfillReport report) =>
        $"{report.Done + report.Failed:N0} of {Output.Count(report.Backfill.Windows.Count, "window")}, {Output.Count(report.Rows, "record")}{(report.MinutesLeft is > 0 and var left ? $", about {left:0.#} minutes left" : "")}";

    private sealed class Bar(ProgressTask task) : IProgress<BackfillReport>
    {
        public void Report(BackfillReport value)
        {
            (task.MaxValue, task.Value) = (value.Backfill.Windows.Count, value.Done + value.Failed);
            task.Description = Markup.Escape(Progress(value));
        }
    }

    /// <summary>A line whenever windows have ended.</summary>
    private sealed class Lines(Output output) : IProgress<BackfillReport>
    {
        private int ended;

        public void Report(BackfillReport value)
        {
            if (!output.IsJson && value.Done + value.Failed > ended)
            {
                ended = value.Done + value.Failed;
                output.Raw($"  {Progress(value)}\n");
            }
        }
    }
}
