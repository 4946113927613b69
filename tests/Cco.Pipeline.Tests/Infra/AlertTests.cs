using System.Text.RegularExpressions;

namespace Cco.Pipeline.Tests.Infra;

public sealed partial class AlertTests
{
    [Fact]
    public async Task What_the_alerts_read_is_what_a_run_logs()
    {
        using var app = new Functions.FunctionsApp();
        await app.ExtractCrmAsync();
        var ended = Assert.Single(app.Logged, line => line.Message.StartsWith("Run ended", StringComparison.Ordinal));

        var fields = Field().Matches(Repository.Text("infra/modules/alerts.bicep")).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.Equal(["Landed", "Models", "Published", "Quarantined", "Status"], fields.Order());
        Assert.Empty(fields.Except(ended.Fields.Keys));
        Assert.Equal("Succeeded", ended.Fields["Status"]);
    }

    [GeneratedRegex(@"Properties\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
