using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Asks one vendor: signs requests in, keeps to its limits, tries again what may pass, and gives whole answers. Credentials go to the
/// vendor's own host only, wherever it sends a request on to.
/// </summary>
internal sealed class VendorClient : IDisposable
{
    private const int MostRedirects = 5;
    private const int ReadBytes = 1 << 16;

    private readonly HttpClient http;
    private readonly SourceDescription source;
    private readonly SourceAccess access;
    private readonly IAuthorizer authorizer;
    private readonly ExtractOptions options;
    private readonly ResiliencePipeline<VendorAnswer> pipeline;
    private readonly VendorPace pace;
    private readonly TimeProvider time;

    public VendorClient(SourceDescription source, SourceAccess access, Func<VendorClient, IAuthorizer> authorizer, ExtractOptions options, TimeProvider time)
    {
        (this.source, this.access, this.options, this.time) = (source, access, options, time);
        Traffic = new SourceTraffic(source.Source);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Cco.Pipeline", typeof(VendorClient).Assembly.GetName().Version!.ToString(3)));
        pace = new VendorPace(source.Limits, time);
        pipeline = VendorPipeline.Build(source.Limits, options, Traffic, time);
        this.authorizer = authorizer(this);
    }

    /// <summary>What was asked so far.</summary>
    public SourceTraffic Traffic { get; }

    /// <summary>Asks, signed in.</summary>
    /// <param name="request">What.</param>
    /// <param name="what">What it is for, such as the stream and page, for messages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="file">Where the body goes instead of memory, if the answer is good.</param>
    /// <returns>The answer, whatever its status; a failure that may pass has been tried again.</returns>
    /// <exception cref="ExtractException">There is no answer, or none that can be used.</exception>
    public async Task<VendorAnswer> AskAsync(VendorRequest request, string what, CancellationToken cancellationToken, string? file = null)
    {
        var answer = await TryAsync(request, authorizer, what, file, cancellationToken);
        return answer.Status == HttpStatusCode.Unauthorized && await authorizer.RenewAsync(cancellationToken)
            ? await TryAsync(request, authorizer, what, file, cancellationToken)
            : answer;
    }

    /// <summary>Asks, not signed in: for tokens, and for files at addresses of another host.</summary>
    public Task<VendorAnswer> AskOpenlyAsync(VendorRequest request, string what, CancellationToken cancellationToken) => TryAsync(request, null, what, null, cancellationToken);

    /// <summary>An address that an answer named: credentials are not sent elsewhere, so it has to be the vendor's own.</summary>
    /// <exception cref="ExtractException">It is not.</exception>
    public Uri Own(Uri address, string what) => IsSameHost(address, access.BaseUrl)
        ? address
        : throw Wrong(what, $"the next page is said to be at '{address.GetLeftPart(UriPartial.Authority)}', which is not '{access.BaseUrl.GetLeftPart(UriPartial.Authority)}'; credentials are not sent there.");

    /// <summary>A field of an answer; null where it is not there.</summary>
    /// <exception cref="ExtractException">The answer is not JSON.</exception>
    public string? Field(VendorAnswer answer, string path, string what)
    {
        try
        {
            return new FieldPaths([path]).Of(answer.Body.Span)[0];
        }
        catch (JsonException exception)
        {
            throw Wrong(what, $"the answer is not JSON ({exception.Message.TrimEnd('.')}): {answer.Excerpt}", exception);
        }
    }

    /// <summary>An error about an answer: what was asked, what came, without secrets.</summary>
    public ExtractException Wrong(string what, string problem, Exception? inner = null) => new(access.Redacted($"{what}: {problem}"), inner);

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<VendorAnswer> TryAsync(VendorRequest request, IAuthorizer? signer, string what, string? file, CancellationToken cancellationToken)
    {
        using var activity = SourceTraffic.Activities.StartActivity(what);
        try
        {
            return await pipeline.ExecuteAsync(async token => await AttemptAsync(request, signer, file, token), cancellationToken);
        }
        catch (ExtractException exception)
        {
            throw Wrong(what, $"{request}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException or InvalidDataException)
        {
            throw Wrong(what, $"{request} has no answer. {Explained(exception)}", exception);
        }
    }

    private string Explained(Exception exception) => exception switch
    {
        TimeoutRejectedException { Timeout: var limit } when limit >= options.RequestTimeout => $"It took longer than {limit}, its retries and the waits that the vendor asked for among it (setting Extract:RequestTimeout).",
        TimeoutRejectedException { Timeout: var limit } => $"Each attempt took longer than {limit}.",
        BrokenCircuitException => "The vendor failed so often that it is left alone for a minute. Its status page may say more; the next run goes on.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"The connection is not secure: {exception.InnerException?.Message ?? exception.Message} Check the address, the clock and the certificates of this machine.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The name of its host is not known. Check the address and the network.",
        _ => exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message,
    };

    private async Task<VendorAnswer> AttemptAsync(VendorRequest request, IAuthorizer? signer, string? file, CancellationToken cancellationToken)
    {
        if (pace.Wait is var wait && wait > TimeSpan.Zero)
        {
            Traffic.WaitedFor(wait);
            await Task.Delay(wait, time, cancellationToken);
        }

        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            var isAsked = IsSameHost(address, request.Address);
            using var message = Message(request, address, isAsked);
            if (IsSameHost(address, access.BaseUrl))
            {
                await SignAsync(message, signer, cancellationToken);
            }

            Traffic.Requested();
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                var answer = new VendorAnswer(response.StatusCode, response.Headers, response.Content.Headers, address, file is not null && response.IsSuccessStatusCode ? await SaveAsync(response, file, cancellationToken) : await BodyAsync(response, cancellationToken));
                pace.Heard(answer);
                return answer;
            }

            address = redirects < MostRedirects
                ? Next(address, location)
                : throw new ExtractException($"It was sent on more than {MostRedirects} times, to {address.Host} at last.");
        }
    }

    private static bool IsSameHost(Uri address, Uri other) => address.Scheme == other.Scheme && address.Host == other.Host && address.Port == other.Port;

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static Uri Next(Uri address, Uri location)
    {
        var next = new Uri(address, location);
        return next.Scheme == Uri.UriSchemeHttps || next.Scheme == address.Scheme
            ? next
            : throw new ExtractException($"It was sent on to '{next.GetLeftPart(UriPartial.Path)}', which is not secure.");
    }

    private static HttpRequestMessage Message(VendorRequest request, Uri address, bool isAsked)
    {
        var message = new HttpRequestMessage(request.Method, address);
        if (!isAsked)
        {
            return message;
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(request.ContentType) } };
        }

        return message;
    }

    /// <summary>What only the vendor's own host sees.</summary>
    private async ValueTask SignAsync(HttpRequestMessage message, IAuthorizer? signer, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in source.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, access.Resolve(value, null, null));
        }

        if (signer is not null)
        {
            await signer.SignAsync(message, cancellationToken);
        }
    }

    /// <summary>The body as a file; what an attempt before left there is gone.</summary>
    private async Task<ReadOnlyMemory<byte>> SaveAsync(HttpResponseMessage response, string file, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: false);
        await body.CopyToAsync(target, cancellationToken);
        Traffic.Answered(target.Length);
        return default;
    }

    /// <summary>The whole body: one that breaks off fails the attempt, so that it is tried again, and one that is too large is refused.</summary>
    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[Math.Clamp(response.Content.Headers.ContentLength ?? 0, ReadBytes, options.MaxAnswerBytes)];
        var length = 0;
        while (true)
        {
            if (length == body.Length)
            {
                if (length >= options.MaxAnswerBytes)
                {
                    throw new ExtractException($"The answer is larger than {options.MaxAnswerBytes:N0} bytes, decompressed (setting Extract:MaxAnswerBytes).");
                }

                Array.Resize(ref body, (int)Math.Min(2L * length, options.MaxAnswerBytes));
            }

            var read = await stream.ReadAsync(body.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        Traffic.Answered(length);
        return body.AsMemory(0, length);
    }
}
