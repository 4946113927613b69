namespace Cco.Pipeline.Tests.Transform;

public sealed class StripeMacroTests
{
    [Theory]
    [InlineData("'7'", "{'divide_by': 5, 'round': 'up'}", 2)]
    [InlineData("'7'", "{'divide_by': 5, 'round': 'down'}", 1)]
    [InlineData("'7'", "{'divide_by': 0, 'round': 'up'}", null)]
    [InlineData("'7'", "{'divide_by': 0, 'round': 'down'}", null)]
    public void Packages_are_counted_and_none_of_nothing(string quantity, string package, int? packages) =>
        Assert.Equal(packages, Macro.Value<decimal?>($"stripe_quantity({quantity}, {package})"));
}
