namespace Cco.Pipeline.IntegrationTests.Vendors;

public sealed class SampleDeliveryTests
{
    [Fact]
    public async Task A_source_that_a_user_has_set_up_is_left_alone()
    {
        using var installation = new Installation { Environment = { ["CCO_Sources__stripe__Secrets__api_key"] = "rk_live_of_a_user" } };

        var result = await installation.CallAsync("demo");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("Sources:stripe is among the settings", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(installation.InLake("landing")));
        Assert.Empty(Directory.EnumerateDirectories(installation.Scratch, "cco-sample-*"));
    }
}
