using Cco.Pipeline.Extract;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>The sample company on its way into a lake.</summary>
internal sealed class SampleDelivery : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly VendorServers? servers;

    private SampleDelivery(DirectoryInfo folder, VendorServers? servers, int files) => (this.folder, this.servers, Files) = (folder, servers, files);

    /// <summary>Files that were dropped.</summary>
    public int Files { get; }

    /// <summary>The sources that a run has to read.</summary>
    public IReadOnlyList<string> Sources => [.. servers?.Servers.Select(server => server.Source) ?? []];

    /// <summary>Makes the company, drops its files and starts the servers of its vendors, which are there until this is disposed of.</summary>
    /// <param name="session">The lake is its lake; its settings get the sources.</param>
    /// <param name="way">How the company comes.</param>
    /// <param name="options">Which company.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">The settings have a source that the company has, too.</exception>
    public static async Task<SampleDelivery> BeginAsync(CliSession session, SampleWay way, SampleOptions options, CancellationToken cancellationToken)
    {
        var made = Directory.CreateTempSubdirectory("cco-sample-");
        VendorServers? started = null;
        try
        {
            var truth = await new SampleCompany(options).WriteAsync(made.FullName, progress: null, cancellationToken);
            started = way == SampleWay.Files ? null : await VendorServers.StartAsync(Vendors(truth.Files, new VendorClock(session.Get<TimeProvider>())), cancellationToken);
            var vendors = started?.Servers ?? [];
            foreach (var vendor in vendors)
            {
                if (!session.Get<SourcesOptions>().TryAdd(vendor.Source, started!.SettingsOf(vendor)))
                {
                    throw new UsageException($"Sources:{vendor.Source} is among the settings, and the demo would put the records of its own {vendor.Source} beside yours. Run it in another folder, or with --through files.");
                }
            }

            var dropped = truth.Files.Where(file => !IsServed(file, vendors)).ToList();
            foreach (var file in dropped)
            {
                await session.Lake.ImportAsync(file.Path, LandingSweep.Landing.Child($"{file.Entity}/{Path.GetFileName(file.Path)}"), cancellationToken);
            }

            return new SampleDelivery(made, started, dropped.Count);
        }
        catch
        {
            await EndAsync(made, started);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => EndAsync(folder, servers);

    private static IVendorServer[] Vendors(IReadOnlyList<SampleFile> files, VendorClock clock) =>
        [new EcbServer(files, clock), new StripeServer(files, clock), new ZendeskServer(files, clock), new QualtricsServer(files, clock)];

    private static bool IsServed(SampleFile file, IReadOnlyList<IVendorServer> vendors) =>
        !file.IsBroken && vendors.Any(server => server.Source == file.System && server.Entities.Contains(file.Entity, StringComparer.Ordinal));

    private static async ValueTask EndAsync(DirectoryInfo made, VendorServers? started)
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }

        made.Delete(recursive: true);
    }
}
