using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>A vendor's server on this machine: answers as a test says, and remembers what it was asked.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<Asked> Asked { get; } = new();

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers each request.</param>
    /// <param name="certificate">Shown to those who ask over TLS; null: plain HTTP.</param>
    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, Asked, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var server = new LoopbackServer(builder.Build());
        server.app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var asked = new Asked(
                context.Request.Method,
                context.Request.Path,
                context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal),
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await body.ReadToEndAsync());
            server.Asked.Enqueue(asked);
            await answer(context, asked);
        });
        await server.app.StartAsync();
        return server;
    }

    /// <summary>A server that answers every request with JSON.</summary>
    public static Task<LoopbackServer> OfJsonAsync(Func<Asked, string> answer) => StartAsync((context, asked) => JsonAsync(context, answer(asked)));

    /// <summary>Answers with JSON.</summary>
    public static async Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>What a server was asked.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>A parameter of the address; null where it is not there.</summary>
    public string? this[string name] => Query.GetValueOrDefault(name);
}
