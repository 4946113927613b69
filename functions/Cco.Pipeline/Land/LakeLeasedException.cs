namespace Cco.Pipeline.Land;

/// <summary>Another process holds the lease.</summary>
public sealed class LakeLeasedException(LakePath path, string holder)
    : IOException($"The lease '{path}' is held by {holder}. Wait until it has finished, or end it; if it has died, a storage account gives its lease free within 60 seconds.")
{
    /// <summary>Who holds it, as they said when they took it.</summary>
    public string Holder { get; } = holder;
}
