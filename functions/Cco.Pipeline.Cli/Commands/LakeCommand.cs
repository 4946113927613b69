using System.CommandLine;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco lake</c>: the lake as a whole.</summary>
internal static class LakeCommand
{
    private const int Steps = 10;

    public static Command Build(CliRoot root)
    {
        var command = new Command("lake", "Do something with the lake as a whole.");
        command.Subcommands.Add(Copy(root));
        command.Subcommands.Add(LakeVacuumCommand.Build(root));
        command.Subcommands.Add(LakeCompactCommand.Build(root));
        return command;
    }

    private static Command Copy(CliRoot root)
    {
        var from = new Argument<string>("from") { Description = "The lake: a folder, or https://<account>.blob.core.windows.net/<container>." };
        var to = new Argument<string>("to") { Description = "Where it is copied to, likewise; what is there already is not copied again." };
        return root.Command("copy", "Copy a lake to another place and compare the hash of every file.", [from, to], async (session, result, cancellationToken) =>
        {
            var (source, target) = (new LakeAddress(result.GetValue(from)!), new LakeAddress(result.GetValue(to)!));
            if (source == target)
            {
                throw new UsageException("A lake cannot be copied to where it is.");
            }

            var copy = new LakeCopy(Open(session, source), Open(session, target), session.Get<TransformOptions>());
            var copied = await CopyAsync(session.Output, copy, cancellationToken);
            session.Output.Write(copied, console => console.WriteLine(
                $"{Output.Count(copied.Files, "file")} with {Output.Count(copied.Bytes, "byte")} in {target}, {copied.Copied:N0} of them copied now; all have the hashes they have in {source}."));
            return ExitCode.Done;
        });
    }

    private static ILake Open(CliSession session, LakeAddress address) => address.Open(session.Get<LakeOptions>(), session.Get<TimeProvider>());

    private static Task<LakeCopied> CopyAsync(Output output, LakeCopy copy, CancellationToken cancellationToken) => output.IsInteractive
        ? output.Console.Progress().AutoClear(true).StartAsync(progress => copy.CopyAsync(new Bar(progress.AddTask("copy")), cancellationToken))
        : copy.CopyAsync(new Lines(output), cancellationToken);

    private sealed class Bar(ProgressTask task) : IProgress<LakeCopied>
    {
        public void Report(LakeCopied value) => (task.MaxValue, task.Value) = (Math.Max(value.AllBytes, 1), value.Bytes);
    }

    /// <summary>A line for each tenth of the files.</summary>
    private sealed class Lines(Output output) : IProgress<LakeCopied>
    {
        public void Report(LakeCopied value)
        {
            if (!output.IsJson && value.Files * Steps / value.AllFiles > (value.Files - 1) * Steps / value.AllFiles)
            {
                output.Raw($"  {value.Files:N0} of {value.AllFiles:N0} files, {value.Bytes:N0} of {value.AllBytes:N0} bytes\n");
            }
        }
    }
}
