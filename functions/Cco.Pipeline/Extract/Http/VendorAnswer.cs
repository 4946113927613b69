using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Cco.Pipeline.Extract;

/// <summary>A whole answer: its status, its headers, and its bytes, decompressed.</summary>
internal sealed record VendorAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, Uri Address, ReadOnlyMemory<byte> Body)
{
    private const int ShownCharacters = 300;

    /// <summary>It is what was asked for.</summary>
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>The failure may pass.</summary>
    public bool MayPass => Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The start of its text, in one line.</summary>
    public string Excerpt
    {
        get
        {
            var text = Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 4 * ShownCharacters)]).ReplaceLineEndings(" ").Trim();
            return text.Length > ShownCharacters ? text[..ShownCharacters] + "…" : text;
        }
    }

    /// <summary>How long the vendor asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The value of a header; null where it is not there.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
