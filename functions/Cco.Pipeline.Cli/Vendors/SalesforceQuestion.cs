using System.Globalization;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>A question in Salesforce's query language, as far as its server knows it: the number or fields of those records of an object that changed within a span, or of its first ones.</summary>
/// <param name="Fields">What is asked for of each record.</param>
/// <param name="Object">The object.</param>
/// <param name="ChangedAt">The field that the span is of; empty: all time.</param>
/// <param name="From">Where the span begins.</param>
/// <param name="To">Where it ends, which does not belong to it.</param>
/// <param name="Limit">Records at most.</param>
internal sealed partial record SalesforceQuestion(IReadOnlyList<string> Fields, string Object, string ChangedAt, DateTimeOffset From, DateTimeOffset To, int Limit)
{
    /// <summary>It asks for the number of records alone.</summary>
    public bool IsCount => Fields is ["count()"];

    /// <summary>The question that a text is; null: it is none.</summary>
    public static SalesforceQuestion? Parse(string text)
    {
        var match = Pattern().Match(text);
        var (from, to) = (Instant(match.Groups["from"]) ?? DateTimeOffset.MinValue, Instant(match.Groups["to"]) ?? DateTimeOffset.MaxValue);
        var limit = (int)(Questions.Number(match.Groups["limit"].Value) ?? int.MaxValue);
        return match.Success ? new SalesforceQuestion(match.Groups["fields"].Value.Split(','), match.Groups["object"].Value, match.Groups["changed"].Value, from, to, limit) : null;
    }

    private static DateTimeOffset? Instant(Group group) =>
        DateTimeOffset.TryParse(group.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    [GeneratedRegex(
        @"^select (?<fields>\S+) from (?<object>\w+)( where (?<changed>\w+) >= (?<from>\S+) and \k<changed> < (?<to>\S+)( order by \k<changed>, Id)?)?( limit (?<limit>\d+))?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
