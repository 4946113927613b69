using System.CommandLine;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco lake compact</c>: makes one raw file of many small ones.</summary>
internal static class LakeCompactCommand
{
    public static Command Build(CliRoot root)
    {
        var yes = YesOption.Of("Do it.");
        return root.Command(
            "compact",
            "Show which small raw files of one stream and day can become one, or make them one; no table changes (settings Retention).",
            [yes],
            async (session, result, cancellationToken) =>
            {
                var compaction = session.Get<LakeCompaction>();
                var isDone = result.GetValue(yes);
                var plan = isDone ? await compaction.RunAsync(cancellationToken) : await compaction.PlanAsync(cancellationToken);
                session.Output.Write(new { plan.Days, is_compacted = isDone }, console =>
                {
                    if (plan.Days.Count == 0)
                    {
                        console.WriteLine("There is nothing to compact.");
                        return;
                    }

                    var table = Output.Table("Stream", "Day", "Files#", "Bytes#");
                    plan.Days.ToList().ForEach(day => Output.Row(table, day.Stream, day.Day, $"{day.Files:N0}", $"{day.Bytes:N0}"));
                    console.Write(table);
                    console.WriteLine(isDone ? "Each of these is one file now." : "Nothing was done; --yes does it.");
                });
                return ExitCode.Done;
            });
    }
}
