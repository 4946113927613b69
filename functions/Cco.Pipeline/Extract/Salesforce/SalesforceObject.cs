using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Extract;

/// <summary>An object of Salesforce, and the questions about it in its query language.</summary>
/// <param name="Name">Its name, such as <c>Account</c> or <c>Invoice__c</c>.</param>
/// <param name="Fields">Those of its fields that the user may see, custom ones among them.</param>
/// <param name="ChangedAt">The one that says when a record changed.</param>
internal sealed partial record SalesforceObject(string Name, IReadOnlyList<string> Fields, string ChangedAt)
{
    /// <summary>Types that files do not hold. Addresses and locations are made of fields of their own, which are read.</summary>
    private static readonly string[] Unread = ["address", "location", "base64", "complexvalue"];

    /// <summary>Whether a path is that of an object.</summary>
    public static bool IsPath(string path) => ObjectPath().IsMatch(path);

    /// <summary>Asks Salesforce for the fields of a stream's object.</summary>
    public static async Task<SalesforceObject> DescribedAsync(StreamName stream, StreamDescription described, VendorConnection vendor, CancellationToken cancellationToken)
    {
        var what = $"{stream}, the fields of {described.Path}";
        var address = RequestAddress.Below(vendor.Access.BaseUrl, $"{described.Path}/describe");
        var answer = await vendor.Client.AskAsync(new VendorRequest(HttpMethod.Get, address, []), what, cancellationToken);
        SalesforceErrors.Check(answer, vendor.Client, what);
        var fields = FieldsOf(answer, vendor.Client, what);
        var missing = described.Id.Append(described.UpdatedAt!).Append(described.Deleted?.Field ?? described.UpdatedAt!).Except(fields, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? new SalesforceObject(ObjectPath().Match(described.Path).Groups["name"].Value, fields, described.UpdatedAt!)
            : throw vendor.Client.Wrong(what, $"there is no {string.Join(", ", missing)} among them, by which records, changes and deletions are known.");
    }

    /// <summary>How many records of a window there are.</summary>
    public string Count(Window window) => $"select count() from {Name} where {During(window)}";

    /// <summary>The records of a window, in no order: sorting would keep Salesforce from reading them side by side.</summary>
    public string Records(Window window) => $"select {string.Join(',', Fields)} from {Name} where {During(window)}";

    /// <summary>The records of a window, by their change.</summary>
    public string InOrder(Window window) => $"{Records(window)} order by {ChangedAt}, Id";

    private string During(Window window) => $"{ChangedAt} >= {InstantFormat.Iso.Write(window.From)} and {ChangedAt} < {InstantFormat.Iso.Write(window.To)}";

    private static List<string> FieldsOf(VendorAnswer answer, VendorClient client, string what)
    {
        try
        {
            var paths = new FieldPaths(["name", "type"]);
            return [.. new AnswerReader("fields", []).Read(answer.Body.Span).Records
                .Select(range => paths.Of(answer.Body.Span[range]))
                .Where(field => !Unread.Contains(field[1], StringComparer.Ordinal))
                .Select(field => field[0] ?? throw new FormatException("a field has no name."))];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw client.Wrong(what, $"the answer is not as documented ({exception.Message.TrimEnd('.')}): {answer.Excerpt}", exception);
        }
    }

    [GeneratedRegex("^/sobjects/(?<name>[A-Za-z][A-Za-z0-9_]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ObjectPath();
}
