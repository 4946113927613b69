using System.CommandLine;

namespace Cco.Pipeline.Cli.Commands;

/// <summary>The commands of the program, in the order its help shows them.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All(CliRoot root) =>
    [
        DemoCommand.Build(root),
        InitCommand.Build(root),
        CheckCommand.Build(root),
        SourceCommand.Build(root),
        DropCommand.Build(root),
        RunCommand.Build(root),
        BackfillCommand.Build(root),
        ServeCommand.Build(root),
        StatusCommand.Build(root),
        CompareCommand.Build(root),
        QueryCommand.Build(root),
        ExplainCommand.Build(root),
        QuarantineCommand.Build(root),
        LakeCommand.Build(root),
        ForgetCommand.Build(root),
        ModelsCommand.Build(root),
        LineageCommand.Build(root),
        DictionaryCommand.Build(root),
        TemplateCommand.Build(root),
        SampleCommand.Build(root),
    ];
}
