using System.Reflection;
using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests;

public sealed class SettingsTests
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    private static readonly Dictionary<string, object> Sections = new(StringComparer.Ordinal)
    {
        ["Lake"] = new LakeOptions(),
        ["Extract"] = new ExtractOptions(),
        ["Intake"] = new IntakeOptions(),
        ["Transform"] = new TransformOptions(),
        ["Quarantine"] = new QuarantineOptions(),
        ["Kpis"] = new KpiOptions(),
        ["Retention"] = new RetentionOptions(),
        ["Privacy"] = new PrivacyOptions(),
        ["Schedules"] = new SchedulesOptions(),
    };

    [Fact]
    public void The_sample_settings_of_the_functions_app_name_every_setting_with_its_default()
    {
        var values = FunctionsSample().ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);

        // There the platform needs each schedule.
        Assert.All(Defaults().Where(setting => !setting.Key.StartsWith("Schedules:", StringComparison.Ordinal)), setting =>
        {
            Assert.Contains(setting.Key, values.Keys);
            Assert.Equal(setting.Value, values[setting.Key]);
        });
    }

    [Fact]
    public void The_settings_file_of_the_terminal_names_every_setting_with_its_default()
    {
        using var file = JsonDocument.Parse(Repository.Text("functions/Cco.Pipeline.Cli/cco.settings.json"), Commented);

        var values = file.RootElement.EnumerateObject()
            .SelectMany(section => section.Value.EnumerateObject().Select(setting => ($"{section.Name}:{setting.Name}", Text(setting.Value))));

        Assert.Equal(Defaults().Select(setting => (setting.Key, setting.Value)).Order(), values.Order());
    }

    [Fact]
    public void The_sample_settings_work_as_given()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(FunctionsSample().Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();

        using var services = new ServiceCollection().AddCcoPipeline(settings).BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.Null(services.GetRequiredService<TransformOptions>().Folder);
        Assert.Empty(services.GetRequiredService<TransformOptions>().Overlays);
        Assert.Null(services.GetRequiredService<IntakeOptions>().ScratchFolder);
    }

    [Fact]
    public void A_setting_that_does_not_exist_stops_the_host()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Kpis:DunningDay", "3")]).Build();

        using var services = new ServiceCollection().AddCcoPipeline(settings).BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Kpis:DunningDays", "soon"), new("Extract:Parallelism", "0"), new("Extract:Retries", "99"), new("Lake:Foldr", "lake")])
            .Build();

        using var services = new ServiceCollection().AddCcoPipeline(settings).BuildServiceProvider();

        var exception = Assert.Throws<AggregateException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.All(["DunningDays", "Parallelism", "Retries", "Foldr"], setting => Assert.Contains(setting, exception.Message, StringComparison.Ordinal));
    }

    /// <summary>Every property of every options class by its key; an empty text where the default is null or nothing.</summary>
    internal static Dictionary<string, string> Defaults() => Sections
        .SelectMany(section => section.Value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Key: $"{section.Key}:{property.Name}", Value: property.GetValue(section.Value))))
        .ToDictionary(setting => setting.Key, setting => setting.Value is IList<string> { Count: 0 } ? "" : $"{setting.Value}", StringComparer.Ordinal);

    private static List<KeyValuePair<string, string>> FunctionsSample()
    {
        using var file = JsonDocument.Parse(Repository.Text("local.settings.sample.json"));
        return [.. file.RootElement.GetProperty("Values").EnumerateObject()
            .Select(value => KeyValuePair.Create(value.Name.Replace("__", ":", StringComparison.Ordinal), value.Value.GetString()!))];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 0 => "",
        _ => value.ToString(),
    };
}
