using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Extract;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>A vendor's server between some requests to which much time passes.</summary>
/// <param name="server">The server.</param>
/// <param name="every">Before each request whose number is a multiple of this.</param>
/// <param name="stall">Lets time pass.</param>
internal sealed class StallingServer(IVendorServer server, int every, Action stall) : IVendorServer
{
    private int requests;

    /// <inheritdoc />
    public string Source => server.Source;

    /// <inheritdoc />
    public IReadOnlyList<string> Entities => server.Entities;

    /// <inheritdoc />
    public SourceSettings Settings(Uri root) => server.Settings(root);

    /// <inheritdoc />
    public Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref requests) % every == 0)
        {
            stall();
        }

        return server.AnswerAsync(context);
    }
}
