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
            Repository.Files("functions/Cco.Pipeline.Functions", "*.cs")
                .Where(file => Repository.Text(file).Contains("[Function(", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)),
            Functions.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name).Order());

    [Fact]
    public void Every_schedule_is_a_setting_of_the_sample_and_none_runs_on_start_up() =>
        Assert.All(Bindings<TimerTriggerAttribute>(), timer =>
        {
            Assert.False(timer.Binding.RunOnStartup);
            Assert.Contains(timer.Binding.Schedule, SampleSettings().Select(name => $"%{name}%"));
        });

    [Fact]
    public void Every_timer_has_a_schedule_that_is_checked_and_every_schedule_a_timer() =>
        Assert.Equal(
            typeof(SchedulesOptions).GetProperties().Select(schedule => $"%Schedules:{schedule.Name}%").Order(),
            Bindings<TimerTriggerAttribute>().Select(timer => timer.Binding.Schedule).Order());

    [Fact]
    public void Files_are_taken_from_where_they_are_dropped_and_heard_of_by_events()
    {
        var (_, binding) = Assert.Single(Bindings<BlobTriggerAttribute>());

        Assert.Equal($"lake/{LandingSweep.Landing}/{{file}}", binding.BlobPath);
        Assert.Equal(BlobTriggerSource.EventGrid, binding.Source);
        Assert.Contains(binding.Connection, SampleSettings());
    }

    [Fact]
    public void Each_queue_of_windows_that_is_deployed_has_its_function_and_the_host_of_the_app_its_account()
    {
        var queues = Bindings<QueueTriggerAttribute>().Select(queue => queue.Binding).ToList();

        Assert.Contains($"var queueNames = [{string.Join(", ", queues.Select(queue => $"'{queue.QueueName}'").Order(StringComparer.Ordinal))}]", Repository.Text("infra/modules/host.bicep"), StringComparison.Ordinal);
        Assert.All(queues, queue => Assert.Equal("AzureWebJobsStorage", queue.Connection));
    }

    [Fact]
    public void Without_a_key_nothing_is_answered_but_how_the_app_is() =>
        Assert.All(Bindings<HttpTriggerAttribute>(), http => Assert.Equal(
            http.Binding.Route!.StartsWith("health", StringComparison.Ordinal) ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, http.Binding.AuthLevel));

    private static List<(MethodInfo Method, TBinding Binding)> Bindings<TBinding>()
        where TBinding : Attribute =>
        [.. Functions.SelectMany(method => method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<TBinding>()).Select(binding => (method, binding)))];

    private static List<string> SampleSettings()
    {
        using var file = JsonDocument.Parse(Repository.Text("local.settings.sample.json"));
        return [.. file.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name.Replace("__", ":", StringComparison.Ordinal))];
    }
}
