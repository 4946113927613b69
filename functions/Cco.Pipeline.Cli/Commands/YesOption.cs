using System.CommandLine;

namespace Cco.Pipeline.Cli.Commands;

/// <summary>The option without which a command shows what it would do, and does nothing.</summary>
internal static class YesOption
{
    /// <param name="does">What the command does with it.</param>
    public static Option<bool> Of(string does) => new("--yes") { Description = $"{does} Without it, show what would be done." };
}
