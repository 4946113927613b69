namespace Cco.Pipeline.Api;

/// <summary>A request over HTTP, whichever host it came to.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">The path after <c>/api</c>, such as <c>/runs</c>.</param>
/// <param name="Query">The parameters of the address.</param>
/// <param name="Body">The body; read once, and no further than <see cref="CcoApi.MostBytes"/>.</param>
public sealed record ApiRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, Stream Body)
{
    /// <summary>The header Content-Type; null where there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The header If-None-Match; null where there is none.</summary>
    public string? IfNoneMatch { get; init; }
}
