using System.Text;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Transform;

/// <summary>
/// The comments of a contract, taken out of its text: to the engine each is a change of the whole table, so that a thousand of them would
/// be most of the time that reading all contracts takes.
/// </summary>
internal sealed partial class ContractComments
{
    private readonly List<Match> matches;
    private readonly Dictionary<string, string> comments = new(StringComparer.OrdinalIgnoreCase);

    public ContractComments(string file, string text)
    {
        (File, Text) = (file, text);
        matches = Comments().Matches(text).ToList();
        matches.ForEach(match => comments[match.Groups["name"].Value] = Literals(match.Groups["literals"].Value));
        Statements = WithoutComments();
    }

    /// <summary>The contract's file.</summary>
    public string File { get; }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>The other statements, each in its line.</summary>
    public string Statements { get; }

    /// <summary>The comment on <c>schema.table</c> or <c>schema.table.column</c>; empty where there is none.</summary>
    public string On(string name) => comments.GetValueOrDefault(name, "");

    /// <summary>Comments that cannot be read, or on what is not there.</summary>
    /// <param name="names">What there is.</param>
    public IEnumerable<SqlProblem> Problems(IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var match in matches.Where(match => !known.Contains(match.Groups["name"].Value)))
        {
            yield return SqlProblem.At(File, Text, match.Index, $"there is no '{match.Groups["name"].Value}' to comment on.");
        }

        if (Statements.Contains("comment", StringComparison.OrdinalIgnoreCase) && Beginning().Match(Statements) is { Success: true } other)
        {
            yield return SqlProblem.At(File, Statements, other.Index, "a comment is written as: comment on column <schema>.<table>.<column> is '<text>';");
        }
    }

    private string WithoutComments()
    {
        var statements = new StringBuilder(Text.Length);
        var end = 0;
        foreach (var match in matches)
        {
            statements.Append(Text, end, match.Index - end).Append('\n', match.ValueSpan.Count('\n'));
            end = match.Index + match.Length;
        }

        return statements.Append(Text, end, Text.Length - end).ToString();
    }

    /// <summary>SQL joins literals that follow each other in several lines.</summary>
    private static string Literals(string literals) =>
        string.Concat(Literal().Matches(literals).Select(literal => literal.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)));

    [GeneratedRegex(
        @"(?<=(^|;)\s*)comment\s+on\s+(table|column)\s+(?<name>[\w.]+)\s+is\s+(?<literals>'([^']|'')*'(\s+'([^']|'')*')*)\s*;",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<=(^|;)\s*)comment\s+on\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex("'(?<text>([^']|'')*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
