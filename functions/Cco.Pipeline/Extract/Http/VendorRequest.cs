namespace Cco.Pipeline.Extract;

/// <summary>A request as it is made, and made again.</summary>
/// <param name="Method">How.</param>
/// <param name="Address">Where; without what signs it in.</param>
/// <param name="Headers">Its headers; without what signs it in.</param>
/// <param name="Body">What is sent; null: nothing.</param>
/// <param name="ContentType">What kind that is.</param>
internal sealed record VendorRequest(HttpMethod Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body = null, string ContentType = "application/json")
{
    /// <summary>What messages call it.</summary>
    public override string ToString() => $"{Method} {Address.GetLeftPart(UriPartial.Path)}";
}
