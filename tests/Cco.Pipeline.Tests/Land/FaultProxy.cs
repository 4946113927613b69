using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Tests.Land;

/// <summary>What goes wrong with a request between a client and a server.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The server fails before it has done anything.</summary>
    Failed,

    /// <summary>The server is busy.</summary>
    Busy,

    /// <summary>The server says nothing for longer than anyone waits.</summary>
    Silent,

    /// <summary>The connection breaks before the server has heard of it.</summary>
    Reset,

    /// <summary>The server does it, and the connection breaks before the client hears of it.</summary>
    AnswerLost,

    /// <summary>The connection breaks in the middle of the answer's body.</summary>
    Cut,

    /// <summary>A condition of a write does not hold, says a server that has not looked.</summary>
    Refused,

    /// <summary>The answer comes, in drops.</summary>
    Slow,

    /// <summary>The server gets another first byte than was sent.</summary>
    Damaged,
}

/// <summary>A proxy between the pipeline and the storage emulator, at which requests go wrong.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly Func<HttpRequest, Task<Fault>> choose;

    private FaultProxy(WebApplication app, Uri target, Func<HttpRequest, Task<Fault>> choose)
    {
        (this.app, this.choose) = (app, choose);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = target };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Starts one.</summary>
    /// <param name="target">The server.</param>
    /// <param name="choose">What goes wrong with a request.</param>
    public static async Task<FaultProxy> StartAsync(Uri target, Func<HttpRequest, Task<Fault>> choose)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var proxy = new FaultProxy(builder.Build(), target, choose);
        proxy.app.Run(proxy.PassAsync);
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Of each request one of these faults with a share, or nothing; the same each time for requests in the same order.</summary>
    public static Func<HttpRequest, Task<Fault>> Chosen(int seed, double share, params Fault[] faults)
    {
        var random = new Random(seed);
        return request =>
        {
            lock (random)
            {
                var fault = random.NextDouble() < share ? faults[random.Next(faults.Length)] : Fault.None;
                return Task.FromResult(fault == Fault.Refused && !IsConditionalWrite(request) ? Fault.Failed : fault);
            }
        };
    }

    /// <summary>Whether a request writes under a condition that may not hold.</summary>
    public static bool IsConditionalWrite(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Query["comp"] != "lease"
        && (request.Headers.IfMatch.Count > 0 || request.Headers.IfNoneMatch.Count > 0);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var fault = await choose(context.Request);
        switch (fault)
        {
            case Fault.Failed:
                Fail(context, 500, "InternalError");
                return;
            case Fault.Busy:
                Fail(context, 503, "ServerBusy");
                return;
            case Fault.Refused:
                Fail(context, 412, "ConditionNotMet");
                return;
            case Fault.Silent:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case Fault.Reset:
                context.Abort();
                return;
        }

        if (fault == Fault.Damaged)
        {
            body.GetBuffer()[0] ^= 1;
        }

        using var request = Forwarded(context.Request, body.ToArray());
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (fault == Fault.AnswerLost)
        {
            context.Abort();
            return;
        }

        await AnswerAsync(context, answer, fault);
    }

    private static void Fail(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
    }

    private static HttpRequestMessage Forwarded(HttpRequest from, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(from.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, UriKind.Relative));
        if (HttpMethods.IsPut(from.Method) || HttpMethods.IsPost(from.Method))
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var header in from.Headers.Where(header => header.Key is not ("Connection" or "Transfer-Encoding" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, Fault fault)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Connection" or "Transfer-Encoding" or "Keep-Alive")))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (HttpMethods.IsHead(context.Request.Method) || body.Length == 0)
        {
            return;
        }

        var pieces = fault is Fault.Slow or Fault.Cut ? 4 : 1;
        foreach (var piece in body.Chunk(Math.Max(1, (body.Length + pieces - 1) / pieces)))
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (fault == Fault.Cut)
            {
                context.Abort();
                return;
            }

            if (fault == Fault.Slow)
            {
                await Task.Delay(Drop, context.RequestAborted);
            }
        }
    }
}
