using System.Reflection;
using System.Text.Json;
using Cco.Pipeline.Functions;
using Cco.Pipeline.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Tests.Functions;

public sealed class TriggerTests
{
    private static readonly IReadOnlyList<MethodInfo> Functions =
        [.. typeof(BuildMarts).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FunctionAttribute)))];

    [Fact]
    public void A_file_is_one_function_of_its_name() =>
        Assert.Equal(
            Repository.Files("functions/Cco.Pipeline.Functions", "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "Program"),
            Functions.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name).Order());

    [Fact]
    public void Every_schedule_is_a_setting_of_the_sample_and_none_runs_on_start_up() =>
        Assert.All(Bindings<TimerTriggerAttribute>(), timer =>
        {
            Assert.False(timer.Binding.RunOnStartup);
            Assert.Contains(timer.Binding.Schedule, SampleSettings().Select(name => $"%{name}%"));
        });

    [Fact]
    public void Every_connection_is_a_setting_of_the_sample() =>
        Assert.All(Bindings<BlobTriggerAttribute>(), blob => Assert.Contains(blob.Binding.Connection, SampleSettings()));

    [Fact]
    public void Files_are_taken_from_where_they_are_dropped()
    {
        var (method, binding) = Assert.Single(Bindings<BlobTriggerAttribute>());

        Assert.Equal($"{LandingSweep.Landing}/{{table}}/{{name}}", binding.BlobPath);
        Assert.Contains("table", method.GetParameters().Select(parameter => parameter.Name));
        Assert.Contains("name", method.GetParameters().Select(parameter => parameter.Name));
    }

    private static List<(MethodInfo Method, TBinding Binding)> Bindings<TBinding>()
        where TBinding : Attribute =>
        [.. Functions.SelectMany(method => method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<TBinding>()).Select(binding => (method, binding)))];

    private static List<string> SampleSettings()
    {
        using var file = JsonDocument.Parse(Repository.Text("local.settings.sample.json"));
        return [.. file.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name.Replace("__", ":", StringComparison.Ordinal))];
    }
}
