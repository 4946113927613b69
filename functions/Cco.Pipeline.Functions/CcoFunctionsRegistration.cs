using Cco.Pipeline.Extract;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Functions;

/// <summary>Registers what the app has beside the library.</summary>
internal static class CcoFunctionsRegistration
{
    /// <summary>Registers the library, the timers' runs, the queue of backfills, the checks of the settings and the telemetry.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="settings">The sections of the library; a schedule that is not set and any wrong value stops the app when it starts.</param>
    public static IServiceCollection AddCcoFunctions(this IServiceCollection services, IConfiguration settings) => services
        .AddCcoPipeline(settings)
        .AddSingleton<IValidateOptions<SchedulesOptions>, SchedulesCheck>()
        .AddSingleton<IValidateOptions<SourcesOptions>, SourcesCheck>()
        .AddSingleton<ScheduledRun>()
        .AddSingleton<IWindowDispatch>(_ => new QueueDispatch(settings))
        .AddTelemetry(settings);
}
