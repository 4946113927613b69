using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cco.Pipeline.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Cli.Serve;

/// <summary>
/// The API on one machine. With a key, whoever has it may ask; without, only programs of this machine are heard, and no page that a browser of it shows:
/// a request must name this machine as the host that it is for.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>The header that has the key, as the Functions host wants it.</summary>
    private const string KeyHeader = "x-functions-key";

    /// <summary>Bodies are read no further than the API wants; what is larger by far is not even received.</summary>
    private const int MostBytes = 1 << 20;

    private readonly WebApplication app;

    private LocalServer(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Starts it.</summary>
    /// <param name="api">What answers.</param>
    /// <param name="address">Where it listens, such as <c>http://127.0.0.1:8710</c>; port 0 takes any that is free.</param>
    /// <param name="key">The key; null: none.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="UsageException">The address is none, or open to others without a key.</exception>
    public static async Task<LocalServer> StartAsync(CcoApi api, string address, string? key, CancellationToken cancellationToken)
    {
        var place = Place(address);
        if (key is null && !IPAddress.IsLoopback(place.Address))
        {
            throw new UsageException($"'{address}' can be reached from other machines: name a file that holds a key with --key-file, or listen on http://127.0.0.1:{place.Port}.");
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(place);
        });
        var built = builder.Build();
        var hash = key is null ? null : Hash(key);
        built.Run(context => Refusal(context, hash) is { } refusal ? context.Response.WriteAsync(refusal, context.RequestAborted) : api.AnswerAsync(context));
        await built.StartAsync(cancellationToken);
        return new LocalServer(built);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static IPEndPoint Place(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", AbsolutePath: "/" }
            && (uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed : null) is { } ip
            ? new IPEndPoint(ip, uri.Port)
            : throw new UsageException($"'{address}' is no address to listen on: write http://<address of this machine>:<port>, such as http://127.0.0.1:8710.");

    /// <summary>The answer to who may not ask; null where they may. Anyone may ask about its health.</summary>
    private static ApiAnswer? Refusal(HttpContext context, byte[]? key)
    {
        if (key is null)
        {
            return IsOfThisMachine(context.Request.Host.Host) ? null : ApiProblem.Answer(421, "Without a key, ask for it as localhost or 127.0.0.1.");
        }

        var isFree = context.Request.Path.StartsWithSegments($"{ApiExchange.Root}/health", StringComparison.OrdinalIgnoreCase);
        return isFree || CryptographicOperations.FixedTimeEquals(Hash(context.Request.Headers[KeyHeader].ToString()), key)
            ? null
            : ApiProblem.Answer(401, $"Send the key in the header {KeyHeader}.");
    }

    private static bool IsOfThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
