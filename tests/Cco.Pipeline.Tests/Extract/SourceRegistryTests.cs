using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Tests.Extract;

public sealed class SourceRegistryTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void A_pace_that_is_not_above_0_is_a_problem_that_says_what_is_usual(double pace)
    {
        var configured = new SourcesOptions { ["ecb"] = new SourceSettings { RequestsPerSecond = pace } };
        var registry = new SourceRegistry([SourceRegistry.Delivered], configured, new ExtractOptions(), TimeProvider.System);

        var problem = Assert.Single(registry.Problems());

        Assert.Contains("Sources:ecb:RequestsPerSecond", problem, StringComparison.Ordinal);
        Assert.Contains("the limit is 1 a second", problem, StringComparison.Ordinal);
    }
}
