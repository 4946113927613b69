using System.CommandLine;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco lake vacuum</c>: deletes what nobody needs any more.</summary>
internal static class LakeVacuumCommand
{
    public static Command Build(CliRoot root)
    {
        var yes = YesOption.Of("Delete it.");
        return root.Command(
            "vacuum",
            "Show what nobody needs any more, or delete it: old published runs, results that no run uses, old copies (settings Retention).",
            [yes],
            async (session, result, cancellationToken) =>
            {
                var vacuum = session.Get<LakeVacuum>();
                var isDone = result.GetValue(yes);
                var plan = isDone ? await vacuum.RunAsync(cancellationToken) : await vacuum.PlanAsync(cancellationToken);
                session.Output.Write(new { plan.Folders, plan.Records, is_deleted = isDone }, console => Write(console, plan, isDone));
                return ExitCode.Done;
            });
    }

    private static void Write(IAnsiConsole console, VacuumPlan plan, bool isDone)
    {
        if (plan.Folders.Count + plan.Records.Count == 0)
        {
            console.WriteLine("Nothing is to be deleted.");
            return;
        }

        if (plan.Folders.Count > 0)
        {
            var folders = Output.Table("Folder", "Files#", "Bytes#");
            plan.Folders.ToList().ForEach(folder => Output.Row(folders, $"{folder.Folder}/", $"{folder.Files:N0}", $"{folder.Bytes:N0}"));
            console.Write(folders);
        }

        if (plan.Records.Count > 0)
        {
            var streams = Output.Table("Stream", "Records that its source has deleted#");
            plan.Records.ToList().ForEach(stream => Output.Row(streams, stream.Stream, $"{stream.Records:N0}"));
            console.Write(streams);
        }

        console.WriteLine(isDone ? "Deleted." : "Nothing was deleted; --yes does it.");
    }
}
