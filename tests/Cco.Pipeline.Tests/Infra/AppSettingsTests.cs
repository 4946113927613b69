using System.Text.Json;
using System.Text.RegularExpressions;
using Cco.Pipeline.Functions;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Infra;

public sealed partial class AppSettingsTests
{
    private const string App = "infra/modules/app.bicep";

    /// <summary>What the deployment alone sets, and what each is for.</summary>
    private static readonly Dictionary<string, string> OfAzure = new(StringComparer.Ordinal)
    {
        ["AZURE_CLIENT_ID"] = "which identity the program signs in as",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "the same for the telemetry of the host",
        ["Lake__Container"] = "the lake, which is a folder on a laptop",
    };

    /// <summary>Settings of the sample that need no place in the deployment.</summary>
    private static readonly Dictionary<string, string> OfLaptops = new(StringComparer.Ordinal)
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "is the runtime of the app's configuration on the Flex Consumption plan",
    };

    [Fact]
    public void Every_setting_that_the_app_reads_is_deployed_or_has_a_default()
    {
        var defaults = SettingsTests.Defaults().Keys.Select(name => name.Replace(":", "__", StringComparison.Ordinal));

        var missing = Sample().Except(Deployed().SelectMany(name => new[] { name, name.Split("__")[0] })).Except(defaults).Except(OfLaptops.Keys);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_setting_that_is_deployed_is_in_the_sample_or_of_Azure_alone()
    {
        var connections = Sample().Where(name => name is "AzureWebJobsStorage" or "LakeStorage").ToList();

        Assert.Equal(2, connections.Count);
        Assert.Empty(Deployed().Where(name => !connections.Contains(name.Split("__")[0])).Except(Sample()).Except(OfAzure.Keys));
    }

    [Fact]
    public void The_deployed_schedules_can_be_read_and_are_there_for_each_timer()
    {
        var schedules = Schedule().Matches(Repository.Text(App)).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["cron"].Value, StringComparer.Ordinal);

        Assert.Equal(typeof(SchedulesOptions).GetProperties().Select(schedule => schedule.Name).Order(), schedules.Keys.Order());
        using var app = new Functions.FunctionsApp(schedules.Select(schedule => KeyValuePair.Create($"Schedules:{schedule.Key}", (string?)schedule.Value)));
        app.Start();
    }

    [Fact]
    public void What_is_dropped_where_the_trigger_listens_is_told_to_it()
    {
        var events = Repository.Text("infra/landing-events.bicep");

        Assert.Contains($"param functionName string = '{nameof(IntakeDroppedFile)}'", events, StringComparison.Ordinal);
        Assert.Contains("containers/${lakeContainerName}/blobs/landing/", events, StringComparison.Ordinal);
        Assert.Contains("var lakeContainer = 'lake'", Repository.Text("infra/main.bicep"), StringComparison.Ordinal);
    }

    private static List<string> Sample()
    {
        using var file = JsonDocument.Parse(Repository.Text("local.settings.sample.json"));
        return [.. file.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name)];
    }

    private static IEnumerable<string> Deployed() => Setting().Matches(Repository.Text(App)).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^  (?<name>[A-Z]\w*): ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^  Schedules__(?<name>\w+): '(?<cron>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Schedule();
}
