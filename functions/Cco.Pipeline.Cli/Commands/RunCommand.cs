using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco run</c>: one run of the pipeline.</summary>
internal static class RunCommand
{
    public static Command Build(CliRoot root)
    {
        var asOf = ValueOption.Day("--as-of", "The first day the numbers do not cover (default: today in the reporting time zone).");
        var only = new Option<RunStage?>("--only") { Description = "Do one stage: extract, intake, transform or publish." };
        only.AcceptOnlyFromAmong(["extract", "intake", "transform", "publish"]);
        var buckets = ValueOption.Number<int>("--buckets", "Build customer-scoped models in so many parts: less memory, somewhat more time.");
        var sources = new Option<string[]>("--source") { Description = "Read these sources only (default: all that are configured)." };
        var dry = new Option<bool>("--dry-run") { Description = "Build, publish nothing, and show which published numbers would change." };
        return root.Command("run", "Read the sources, take in what was dropped, build the marts, publish them.", [asOf, only, sources, buckets, dry], async (session, result, cancellationToken) =>
        {
            if (result.GetValue(buckets) is { } count)
            {
                session.Get<TransformOptions>().Buckets = count;
                Validator.ValidateObject(session.Get<TransformOptions>(), new ValidationContext(session.Get<TransformOptions>()), validateAllProperties: true);
            }

            var request = new RunRequest(result.GetValue(asOf), result.GetValue(only), result.GetValue(dry), result.GetValue(sources) is { Length: > 0 } named ? named : null);
            var report = await RunDisplay.RunAsync(session, request, cancellationToken);
            if (request.IsDryRun && report.Status == RunStatus.Succeeded)
            {
                await CompareAsync(session, report, cancellationToken);
            }
            else
            {
                session.Output.Write(report, console => RunDisplay.Summary(console, report));
            }

            return Code(report);
        });
    }

    /// <summary>What a run that published nothing would change.</summary>
    private static async Task CompareAsync(CliSession session, RunReport report, CancellationToken cancellationToken)
    {
        if (await Manifest.ReadAsync(session.Lake, cancellationToken) is not { } published)
        {
            throw new UsageException("Nothing has been published yet that a dry run could be held against: `cco run` publishes.");
        }

        var built = RunTables.Of(report.Models.Select(model => (model.Name, model.Fingerprint)));
        CompareCommand.Write(session.Output, await session.Get<KpiComparison>().KpisAsync(RunTables.Of(published), built, cancellationToken), "all");
    }

    /// <summary>The exit code of a run.</summary>
    public static int Code(RunReport report) => report.Status switch
    {
        RunStatus.Succeeded => report.FailedFiles == 0 ? ExitCode.Done : ExitCode.Warned,
        RunStatus.Canceled => ExitCode.Canceled,
        _ => ExitCode.Wrong,
    };
}
