using Cco.Pipeline.Api;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline;

/// <summary>Registers the whole library: hosts call this and add nothing.</summary>
public static class CcoPipelineRegistration
{
    /// <summary>Registers the pipeline over the lake that the settings name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">The sections <c>Lake</c>, <c>Extract</c>, <c>Sources</c>, <c>Intake</c>, <c>Transform</c>, <c>Quarantine</c>, <c>Kpis</c>, <c>Retention</c>, <c>Privacy</c> and <c>Schedules</c>; a wrong value stops the host when it starts.</param>
    public static IServiceCollection AddCcoPipeline(this IServiceCollection services, IConfiguration settings)
    {
        services.AddLogging();
        services.AddSettings<LakeOptions>(settings.GetSection("Lake"));
        services.AddSettings<ExtractOptions>(settings.GetSection("Extract"));
        services.AddSettings<SourcesOptions>(settings.GetSection("Sources"));
        services.AddSettings<IntakeOptions>(settings.GetSection("Intake"));
        services.AddSettings<TransformOptions>(settings.GetSection("Transform"));
        services.AddSettings<QuarantineOptions>(settings.GetSection("Quarantine"));
        services.AddSettings<KpiOptions>(settings.GetSection("Kpis"));
        services.AddSettings<RetentionOptions>(settings.GetSection("Retention"));
        services.AddSettings<PrivacyOptions>(settings.GetSection("Privacy"));
        services.AddSettings<SchedulesOptions>(settings.GetSection("Schedules"));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => LakeAddress.Of(provider.GetRequiredService<LakeOptions>()));
        services.AddSingleton(provider => provider.GetRequiredService<LakeAddress>().Open(provider.GetRequiredService<LakeOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SourceRegistry(
            SourceRegistry.FoldersOf(provider.GetRequiredService<TransformOptions>().Overlays),
            provider.GetRequiredService<SourcesOptions>(),
            provider.GetRequiredService<ExtractOptions>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SourceSweep>();
        services.AddSingleton<SourcePreview>();
        services.AddSingleton<FileReader>();
        services.AddSingleton<Lander>();
        services.AddSingleton<LandingSweep>();
        services.AddSingleton<Transformer>();
        services.AddSingleton<QuarantineGate>();
        services.AddSingleton<Restatements>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<KpiComparison>();
        services.AddSingleton<RunContext>();
        services.AddSingleton<PipelineRun>();
        services.AddSingleton<LandingDrop>();
        services.AddSingleton<LoggedProgress>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<KpiExplainer>();
        services.AddSingleton<CustomerComparison>();
        services.AddSingleton<LakeVacuum>();
        services.AddSingleton<LakeCompaction>();
        services.AddSingleton<Forgetting>();
        services.AddSingleton<IWindowDispatch, PolledDispatch>();
        services.AddSingleton<Backfills>();
        services.AddSingleton<BackfillWorker>();
        services.AddSingleton<BackfillEnd>();
        services.AddSingleton<BackfillRunner>();
        services.AddSingleton<LocalSchedules>();
        services.AddSingleton<CcoApi>();
        return services;
    }

    /// <summary>Registers the settings of a section; what is wrong with them is said when the host starts, together with what is wrong with those of other sections.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">Where the settings are.</param>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, IConfigurationSection section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Configure(options => Bind(section, options))
            .PostConfigure(ReadEmptyAsNull).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }

    /// <summary>A value that cannot be read is a wrong setting like any other, so that it does not hide the next one.</summary>
    private static void Bind<TOptions>(IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        try
        {
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(section.Path, typeof(TOptions), [exception.Message]);
        }
    }

    /// <summary>Settings in the environment have no null: there an empty text stands for it.</summary>
    private static void ReadEmptyAsNull<TOptions>(TOptions options)
        where TOptions : class
    {
        foreach (var property in typeof(TOptions).GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.GetValue(options) is ""))
        {
            property.SetValue(options, null);
        }
    }
}
