using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Models;

/// <summary>
/// Each folder <c>Models/[model]/[case]/</c> holds a CSV for every conformed entity that is not empty (and <c>rejected_row.csv</c> where the case is about
/// quarantine, <c>observed_field.csv</c> where it is about fields), <c>expected.csv</c> with the columns the case is about and, where it needs them, <c>variables.csv</c> (settings: name, value as SQL) and <c>rows.sql</c>
/// (a condition: the rows that are compared, where the case is not about all). Where the build must stop, <c>error.txt</c> has what it says, in place
/// of <c>expected.csv</c>.
/// </summary>
public sealed class ModelCaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Models");

    private static readonly IReadOnlyList<string> AboutTheCase = ["expected", "variables", BuildPlan.Rejected, BuildPlan.Observed];

    public static TheoryData<string, string> Cases() => With("expected.csv");

    public static TheoryData<string, string> Stops() => With("error.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_gives_the_rows_its_case_expects(string model, string name)
    {
        using var world = ModelWorld.Load(Path.Combine(Root, model, name));

        world.Build(model);

        Assert.Multiple(() => ShowsNothing(world.Difference(model)), () => ShowsNothing(world.Broken(model)));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public void A_model_stops_and_says_what_its_case_expects(string model, string name)
    {
        using var world = ModelWorld.Load(Path.Combine(Root, model, name));

        var error = Assert.Throws<EngineException>(() => world.Build(model));

        Assert.Contains(File.ReadAllText(Path.Combine(Root, model, name, "error.txt")).Trim(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_is_about_a_model()
    {
        var models = ModelWorld.Catalog.Models.Keys.ToHashSet(StringComparer.Ordinal);

        Assert.All(Cases().Concat(Stops()), theory => Assert.Contains(theory.Data.Item1, models));
    }

    [Fact]
    public void A_case_holds_nothing_that_its_model_does_not_read() => Assert.Empty(Cases().Concat(Stops()).SelectMany(theory =>
    {
        var (model, name) = theory.Data;
        var given = Directory.EnumerateFiles(Path.Combine(Root, model, name), "*.csv").Select(Path.GetFileNameWithoutExtension);
        return given.Except([.. ModelWorld.Needed(model), .. AboutTheCase]).Select(file => $"{model}/{name}/{file}.csv");
    }));

    /// <summary>Unlike an equality of texts, this fails with the whole text.</summary>
    private static void ShowsNothing(string rows) => Assert.True(rows.Length == 0, rows);

    private static TheoryData<string, string> With(string file)
    {
        var cases = new TheoryData<string, string>();
        foreach (var folder in Directory.EnumerateFiles(Root, file, SearchOption.AllDirectories).Select(Path.GetDirectoryName).Order())
        {
            var parts = Path.GetRelativePath(Root, folder!).Split(Path.DirectorySeparatorChar);
            cases.Add(parts[0], parts[1]);
        }

        return cases;
    }
}
