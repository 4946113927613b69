using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Calls the function for each request over HTTP.</summary>
/// <param name="authLevel">The key that a request must have.</param>
/// <param name="methods">The methods of the requests.</param>
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
{
    /// <summary>The key that a request must have.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>The methods of the requests.</summary>
    public string[]? Methods { get; } = methods;

    /// <summary>The path of the requests after the prefix of all functions.</summary>
    public string? Route { get; set; }
}
