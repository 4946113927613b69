using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Cco.Pipeline.Extract;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace Cco.Pipeline.Functions;

/// <summary>What the app tells of itself: logs with the run's id, traces and metrics, by OpenTelemetry to Application Insights.</summary>
internal static class Telemetry
{
    /// <summary>The setting that names the Application Insights resource; without it nothing is exported.</summary>
    private const string Destination = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Registers the telemetry of the worker. That of the host is the matter of <c>host.json</c>.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(SourceTraffic.Telemetry))
            .WithMetrics(metrics => metrics.AddMeter(SourceTraffic.Telemetry))
            .WithLogging(configureBuilder: null, logs => (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true));
        if (!string.IsNullOrEmpty(settings[Destination]))
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.Credential = new DefaultAzureCredential();
                // Alerts read the log, so no line of it may be left out with the trace it belongs to.
                exporter.EnableTraceBasedLogsSampler = false;
            });
        }

        return services;
    }
}
