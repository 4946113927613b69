namespace Microsoft.Azure.Functions.Worker;

/// <summary>How the host hears of a blob.</summary>
public enum BlobTriggerSource
{
    /// <summary>It looks for itself.</summary>
    LogsAndContainerScan,

    /// <summary>The storage account tells it.</summary>
    EventGrid,
}
