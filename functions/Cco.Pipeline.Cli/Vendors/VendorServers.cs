using System.Net;
using Cco.Pipeline.Extract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>The vendors' servers of the sample company: one listener on this machine alone, at any free port, and a path for each vendor.</summary>
internal sealed class VendorServers : IAsyncDisposable
{
    private readonly WebApplication app;

    private VendorServers(WebApplication app, IReadOnlyList<IVendorServer> servers) => (this.app, Servers) = (app, servers);

    /// <summary>The vendors.</summary>
    public IReadOnlyList<IVendorServer> Servers { get; }

    /// <summary>Starts them.</summary>
    public static async Task<VendorServers> StartAsync(IReadOnlyList<IVendorServer> servers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var built = builder.Build();
        foreach (var server in servers)
        {
            built.Map($"/{server.Source}", vendor => vendor.Run(server.AnswerAsync));
        }

        await built.StartAsync(cancellationToken);
        return new VendorServers(built, servers);
    }

    /// <summary>The settings that one of them is read with.</summary>
    public SourceSettings SettingsOf(IVendorServer server) => server.Settings(new Uri($"{app.Urls.Single()}/{server.Source}"));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
