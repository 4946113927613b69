namespace Cco.Pipeline.Cli.Vendors;

/// <summary>A record of a vendor.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">The instant that the vendor lists it by, when it was made or changed last, in seconds since 1970.</param>
/// <param name="Json">As the vendor's API gives it.</param>
internal sealed record VendorRecord(string Id, long At, string Json);
