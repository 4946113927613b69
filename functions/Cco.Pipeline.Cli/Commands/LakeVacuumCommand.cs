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
                session.Output.Write(new { plan.Folders, is_deleted = isDone }, console =>
                {
                    if (plan.Folders.Count == 0)
                    {
                        console.WriteLine("Nothing is to be deleted.");
                        return;
                    }

                    var table = Output.Table("Folder", "Files#", "Bytes#");
                    plan.Folders.ToList().ForEach(folder => Output.Row(table, $"{folder.Folder}/", $"{folder.Files:N0}", $"{folder.Bytes:N0}"));
                    console.Write(table);
                    console.WriteLine(isDone ? "Deleted." : "Nothing was deleted; --yes does it.");
                });
                return ExitCode.Done;
            });
    }
}
