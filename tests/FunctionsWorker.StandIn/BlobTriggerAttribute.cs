using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Calls the function for each new or changed blob.</summary>
/// <param name="blobPath">The container and the pattern of names; names in braces become parameters.</param>
public sealed class BlobTriggerAttribute(string blobPath) : TriggerBindingAttribute
{
    /// <summary>The container and the pattern of names.</summary>
    public string BlobPath { get; } = blobPath;

    /// <summary>The name of the setting that says how to reach the storage account.</summary>
    public string? Connection { get; set; }

    /// <summary>How the host hears of a blob.</summary>
    public BlobTriggerSource Source { get; set; }
}
