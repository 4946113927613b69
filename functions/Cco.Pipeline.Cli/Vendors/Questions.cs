using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>What servers are asked.</summary>
internal static class Questions
{
    /// <summary>The whole number that a text is; null: it is none.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The second since 1970 of an instant in ISO 8601, in UTC where it does not say; null: it is none.</summary>
    public static long? Second(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUnixTimeSeconds() : null;

    /// <summary>Whether a request signs in by basic authentication with a key as its user and without a password.</summary>
    public static bool SignsInWith(this HttpRequest request, string key) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var shown)
        && shown.Scheme == "Basic" && shown.Parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:"));

    /// <summary>The address that was asked, with another value of a parameter.</summary>
    public static string With(this HttpRequest request, string parameter, string value)
    {
        var others = request.Query.Where(given => given.Key != parameter).Select(given => KeyValuePair.Create(given.Key, (string?)given.Value.ToString()));
        return QueryHelpers.AddQueryString($"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}", others.Append(new(parameter, value)));
    }
}
