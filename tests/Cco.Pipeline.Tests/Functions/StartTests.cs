using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests.Functions;

public sealed class StartTests
{
    [Fact]
    public void The_app_starts_with_its_schedules_alone()
    {
        using var app = new FunctionsApp();

        app.Start();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 5 * * *")]
    [InlineData("0 0 25 * * *")]
    public void A_schedule_that_the_host_cannot_read_stops_it(string schedule)
    {
        using var app = new FunctionsApp([new("Schedules:BuildMarts", schedule)]);

        var exception = Assert.Throws<OptionsValidationException>(app.Start);

        Assert.Contains("Schedules:BuildMarts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_without_its_secret_and_a_wrong_schedule_are_said_together()
    {
        using var app = new FunctionsApp([new("Sources:stripe:Start", "2024-01-01"), new("Schedules:ExtractCrm", "daily")]);

        var exception = Assert.Throws<AggregateException>(app.Start);

        Assert.Contains("stripe", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Schedules:ExtractCrm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_nobody_describes_stops_it()
    {
        using var app = new FunctionsApp([new("Sources:strype:Start", "2024-01-01")]);

        var exception = Assert.Throws<OptionsValidationException>(app.Start);

        Assert.Contains("strype", exception.Message, StringComparison.Ordinal);
    }
}
