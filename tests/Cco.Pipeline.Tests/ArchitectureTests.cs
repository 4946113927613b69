using System.Text.RegularExpressions;

namespace Cco.Pipeline.Tests;

public sealed partial class ArchitectureTests
{
    private const string Library = "functions/Cco.Pipeline";

    /// <summary>Each stage and what it may use besides the root: data flows from left to right.</summary>
    private static readonly string[] Stages = ["Intake", "Extract", "Land", "Transform", "Publish", "Runs", "Api"];

    /// <summary>Mathematics that knows nothing of the rest.</summary>
    private const string Statistics = "Statistics";

    private static readonly Dictionary<string, string[]> MayUse = Stages.Index()
        .ToDictionary(stage => stage.Item, stage => stage.Item == "Transform" ? [.. Stages[..stage.Index], Statistics] : Stages[..stage.Index], StringComparer.Ordinal)
        .Append(new(Statistics, []))
        .Append(new("Sample", ["Transform"]))
        .ToDictionary(StringComparer.Ordinal);

    [Fact]
    public void A_stage_uses_only_the_stages_before_it()
    {
        var breaches = Repository.Files(Library, "*.cs").Where(file => file != $"{Library}/CcoPipelineRegistration.cs")
            .SelectMany(file => Used(file).Except([Folder(file), .. MayUse.GetValueOrDefault(Folder(file), [])]).Select(used => $"{file} uses {used}"));

        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_stage_or_its_mathematics_or_the_sample() =>
        Assert.Empty(Repository.Files(Library, "*.cs").Select(Folder).Except([.. MayUse.Keys, ""], StringComparer.Ordinal));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.All(Repository.Files(Library, "*.cs"), file =>
        {
            var declared = Namespace().Match(Repository.Text(file)).Groups["name"].Value;
            Assert.Equal(Folder(file) is { Length: > 0 } folder ? $"Cco.Pipeline.{folder}" : "Cco.Pipeline", declared);
        });

    [Fact]
    public void There_are_three_production_projects() =>
        Assert.Equal(
            ["functions/Cco.Pipeline.Cli/Cco.Pipeline.Cli.csproj", "functions/Cco.Pipeline.Functions/Cco.Pipeline.Functions.csproj", "functions/Cco.Pipeline/Cco.Pipeline.csproj"],
            Repository.Files("functions", "*.csproj"));

    [Fact]
    public void The_library_knows_no_host() =>
        Assert.DoesNotMatch("Functions|Spectre|CommandLine", Repository.Text($"{Library}/Cco.Pipeline.csproj"));

    [Fact]
    public void No_file_names_a_place_of_one_machine()
    {
        var here = Repository.Path("").TrimEnd('/', '\\');

        var named = Repository.Tracked().SelectMany(file => File.ReadLines(Repository.Path(file))
            .Where(line => line.Contains(here, StringComparison.OrdinalIgnoreCase) || MachinePlace().IsMatch(line)).Select(line => $"{file}: {line.Trim()}"));

        Assert.Empty(named);
    }

    /// <summary>The stages that a file's code names, as a namespace or in front of a type.</summary>
    private static IEnumerable<string> Used(string file) =>
        StageName().Matches(Repository.Text(file)).Select(match => match.Groups["stage"].Value).Distinct(StringComparer.Ordinal);

    private static string Folder(string file) => file[(Library.Length + 1)..].Split('/') is [var folder, _, ..] ? folder : "";

    [GeneratedRegex(@"\bCco\.Pipeline\.(?<stage>Extract|Intake|Land|Transform|Publish|Runs|Api|Sample)\b|(?<![.\w""'/])(?<stage>Extract|Intake|Land|Transform|Publish|Runs|Api|Sample)\.[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.])/(home|Users|root|tmp|work|mnt)/\w|[A-Z]:\\Users\\|\b[\w-]+\.(internal|corp|lan|intranet)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePlace();
}
