namespace Cco.Pipeline.Tests.Transform;

/// <summary>Rounding half to even, on both sides of the size up to which numbers are divided in 64 bits.</summary>
public sealed class MoneyMacroTests
{
    [Theory]
    [InlineData("0.00005", "0.0000")]
    [InlineData("0.00015", "0.0002")]
    [InlineData("-0.00005", "0.0000")]
    [InlineData("-0.00015", "-0.0002")]
    [InlineData("0.000049999999", "0.0000")]
    [InlineData("0.000050000001", "0.0001")]
    [InlineData("899999.99985", "899999.9998")]
    [InlineData("899999.99995", "900000.0000")]
    [InlineData("900000.00005", "900000.0000")]
    [InlineData("900000.00015", "900000.0002")]
    [InlineData("-1234567.00005", "-1234567.0000")]
    [InlineData("-1234567.00015", "-1234567.0002")]
    [InlineData("99999999999999.00015", "99999999999999.0002")]
    public void Money_is_rounded_to_the_even_neighbour(string amount, string rounded) =>
        Assert.Equal(rounded, Macro.Value<string>($"cast(half_even_money(cast('{amount}' as decimal(38, 12))) as varchar)"));

    [Theory]
    [InlineData("5", 2, "2")]
    [InlineData("7", 2, "4")]
    [InlineData("-5", 2, "-2")]
    [InlineData("-7", 2, "-4")]
    [InlineData("2", 3, "1")]
    [InlineData("-2", 3, "-1")]
    [InlineData("999999999999999999", 2, "500000000000000000")]
    [InlineData("1000000000000000001", 2, "500000000000000000")]
    [InlineData("1000000000000000003", 2, "500000000000000002")]
    [InlineData("-1000000000000000003", 2, "-500000000000000002")]
    [InlineData("12345678901234567890125", 10, "1234567890123456789012")]
    public void A_quotient_is_rounded_to_the_even_neighbour(string numerator, int denominator, string rounded) =>
        Assert.Equal(rounded, Macro.Value<string>($"cast(half_even_quotient(cast('{numerator}' as hugeint), {denominator}) as varchar)"));
}
