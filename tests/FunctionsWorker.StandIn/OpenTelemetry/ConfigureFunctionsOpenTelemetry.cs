using OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>Fits OpenTelemetry to a worker.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Tells the host that the worker sends its own telemetry. Here there is no host.</summary>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
}
