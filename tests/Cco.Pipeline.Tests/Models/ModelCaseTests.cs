namespace Cco.Pipeline.Tests.Models;

/// <summary>
/// Each folder <c>Models/[model]/[case]/</c> holds a CSV for every conformed entity that is not empty (and <c>rejected_row.csv</c> where the case is about
/// quarantine), <c>expected.csv</c> with the columns the case is about and, where it needs them, <c>variables.csv</c> (settings: name, value as SQL) and <c>rows.sql</c>
/// (a condition: the rows that are compared, where the case is not about all).
/// </summary>
public sealed class ModelCaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Models");

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var folder in Directory.EnumerateFiles(Root, "expected.csv", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Order())
        {
            var parts = Path.GetRelativePath(Root, folder!).Split(Path.DirectorySeparatorChar);
            cases.Add(parts[0], parts[1]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_gives_the_rows_its_case_expects(string model, string name)
    {
        using var world = ModelWorld.Load(Path.Combine(Root, model, name));

        world.Build(model);

        Assert.Equal("", world.Difference(model));
        Assert.Equal("", world.Broken(model));
    }

    [Fact]
    public void Every_case_is_about_a_model()
    {
        var models = ModelWorld.Catalog.Models.Keys.ToHashSet(StringComparer.Ordinal);

        Assert.All(Cases(), theory => Assert.Contains(theory.Data.Item1, models));
    }
}
