using System.Text.RegularExpressions;

namespace Cco.Pipeline.Extract;

/// <summary>The names in braces of an address or path, such as <c>{site}</c>.</summary>
internal static partial class BracedNames
{
    /// <summary>The names.</summary>
    public static IEnumerable<string> Of(string address) => Braced().Matches(address).Select(match => match.Groups["name"].Value);

    /// <summary>The address with something in the place of each.</summary>
    public static string Replaced(string address, Func<string, string> value) => Braced().Replace(address, match => value(match.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<name>[a-z0-9_]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braced();
}
