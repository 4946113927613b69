namespace Cco.Pipeline.Cli.Vendors;

/// <summary>Records of a vendor that change, each as it was after each of its changes.</summary>
/// <param name="versions">The versions of all records, the oldest first.</param>
/// <param name="clock">Says which are shown.</param>
internal sealed class ChangingRecords(IReadOnlyList<VendorRecord> versions, VendorClock clock)
{
    /// <summary>When the first one was made, in seconds since 1970.</summary>
    public long FirstAt => versions.Count == 0 ? long.MaxValue : versions[0].At;

    /// <summary>The records as lists show them now, those first that changed longest ago.</summary>
    public IReadOnlyList<VendorRecord> Shown =>
        [.. versions.Where(clock.Shows).GroupBy(version => version.Id, StringComparer.Ordinal).Select(record => record.Last()).OrderBy(record => record.At).ThenBy(record => record.Id, StringComparer.Ordinal)];
}
