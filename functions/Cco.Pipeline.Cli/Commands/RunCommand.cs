using System.CommandLine;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco run</c>: one run of the pipeline.</summary>
internal static class RunCommand
{
    public static Command Build(CliRoot root)
    {
        var asOf = new Option<DateOnly?>("--as-of") { Description = "The first day the numbers do not cover (default: today in the reporting time zone)." };
        var only = new Option<RunStage?>("--only") { Description = "Do one stage: intake, transform or publish." };
        var buckets = new Option<int?>("--buckets") { Description = "Build customer-scoped models in so many parts: less memory, somewhat more time." };
        return root.Command("run", "Take in what was dropped, build the marts, publish them.", [asOf, only, buckets], async (session, result, cancellationToken) =>
        {
            if (result.GetValue(buckets) is { } count)
            {
                session.Get<Transform.TransformOptions>().Buckets = count;
            }

            var report = await RunDisplay.RunAsync(session, new RunRequest(result.GetValue(asOf), result.GetValue(only)), cancellationToken);
            session.Output.Write(report, console => RunDisplay.Summary(console, report));
            return Code(report);
        });
    }

    /// <summary>The exit code of a run.</summary>
    public static int Code(RunReport report) => report.Status switch
    {
        RunStatus.Succeeded => ExitCode.Done,
        RunStatus.Canceled => ExitCode.Canceled,
        _ => ExitCode.Wrong,
    };
}
