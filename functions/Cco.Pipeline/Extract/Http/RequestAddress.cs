namespace Cco.Pipeline.Extract;

/// <summary>Builds addresses from their parts.</summary>
internal static class RequestAddress
{
    /// <summary>The address of a path below another one.</summary>
    public static Uri Below(Uri root, string path) => new(root.AbsoluteUri.TrimEnd('/') + "/" + path.TrimStart('/'));

    /// <summary>The address with parameters set: those of a name that is there already are replaced.</summary>
    public static Uri With(Uri address, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0)
        {
            return address;
        }

        var kept = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => parameters.All(set => set.Key != Uri.UnescapeDataString(parameter.Split('=')[0])));
        var added = parameters.Select(set => $"{Uri.EscapeDataString(set.Key)}={Uri.EscapeDataString(set.Value)}");
        return new UriBuilder(address) { Query = string.Join('&', kept.Concat(added)) }.Uri;
    }
}
