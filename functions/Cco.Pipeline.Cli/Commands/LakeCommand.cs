using System.CommandLine;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco lake</c>: what is done to the lake as a whole.</summary>
internal static class LakeCommand
{
    public static Command Build(CliRoot root)
    {
        var command = new Command("lake", "Keep the lake small.");
        command.Subcommands.Add(LakeVacuumCommand.Build(root));
        command.Subcommands.Add(LakeCompactCommand.Build(root));
        return command;
    }
}
