using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Publish;

public sealed class DictionaryTextTests
{
    [Fact]
    public void The_dictionary_in_the_repository_is_up_to_date()
    {
        var dictionary = new DictionaryText(CatalogReader.Read(new TransformOptions()), new KpiOptions());

        Assert.True(
            dictionary.Markdown() == File.ReadAllText(Repository.Path("transforms/DICTIONARY.md")),
            "transforms/DICTIONARY.md is not what the contracts say: run `./cco dictionary --out transforms` and commit it.");
    }

    [Fact]
    public void Every_KPI_comes_from_columns_that_exist()
    {
        var catalog = CatalogReader.Read(new TransformOptions());

        Assert.All(catalog.Kpis, kpi => Assert.All(
            kpi.Columns, column => Assert.Contains(catalog.Models[kpi.Model].Contract!.Columns, promised => promised.Name == column)));
    }
}
