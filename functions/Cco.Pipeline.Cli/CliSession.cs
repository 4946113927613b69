using Cco.Pipeline.Land;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Cli;

/// <summary>One call of the program: its settings, its services and what it prints.</summary>
internal sealed class CliSession : IDisposable
{
    private readonly ServiceProvider services;

    private CliSession(ServiceProvider services, Output output) => (this.services, Output) = (services, output);

    public Output Output { get; }

    public ILake Lake => Get<ILake>();

    /// <summary>The settings file that was named, whether it is there or not.</summary>
    public required string SettingsFile { get; init; }

    /// <summary>Where the lake is, for people.</summary>
    public string LakeAddress => Get<LakeAddress>().Text;

    /// <summary>Reads the settings and builds the services.</summary>
    /// <param name="output">What is printed.</param>
    /// <param name="settingsFile">The settings file.</param>
    /// <param name="isRequired">It must be there.</param>
    /// <param name="lake">Where the lake is, instead of what the settings say: a folder, or the address of a container.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong; all of them are named.</exception>
    public static CliSession Open(Output output, string settingsFile, bool isRequired, string? lake)
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(settingsFile), optional: !isRequired)
            .AddEnvironmentVariables("CCO_")
            .AddInMemoryCollection(lake is null ? [] : IsContainer(lake) ? [new("Lake:Container", lake)] : [new("Lake:Folder", lake), new("Lake:Container", "")])
            .Build();
        var provider = new ServiceCollection().AddCcoPipeline(settings).BuildServiceProvider();
        Validate(provider);
        return new CliSession(provider, output) { SettingsFile = settingsFile };
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static void Validate(ServiceProvider provider)
    {
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException exception)
        {
            var failures = exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures);
            throw new OptionsValidationException(Options.DefaultName, typeof(CliSession), failures);
        }
    }

    /// <inheritdoc />
    public void Dispose() => services.Dispose();

    private static bool IsContainer(string lake) => lake.Contains("://", StringComparison.Ordinal);
}
