using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Gathers the settings and services of an app. What it builds has them all, but no platform would ever call it, so it will not start.</summary>
public class FunctionsApplicationBuilder
{
    private readonly HostApplicationBuilder builder;

    internal FunctionsApplicationBuilder(string[] args) => builder = Host.CreateApplicationBuilder(args);

    /// <summary>The settings.</summary>
    public ConfigurationManager Configuration => builder.Configuration;

    /// <summary>The services.</summary>
    public IServiceCollection Services => builder.Services;

    /// <summary>The app.</summary>
    public IHost Build()
    {
        Services.AddHostedService<Refusal>();
        return builder.Build();
    }

    private sealed class Refusal : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException(
            "This app was built against a stand-in for the Azure Functions worker packages, so nothing would ever call its triggers. "
            + "Build it where the package source has them: delete PackageSource.props and run ./cco again.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
