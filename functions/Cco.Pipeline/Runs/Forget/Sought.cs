using System.Globalization;
using System.Text.RegularExpressions;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Those who are to be forgotten, as they are looked for: a quick look tells where they may be named, and the eraser whether they are.</summary>
internal sealed partial class Sought
{
    /// <summary>The longest word around an address or id that is looked at.</summary>
    public const int LongestWord = 1_024;

    /// <summary>What may stand in an address, escaped or not, beside letters and digits.</summary>
    private const string Signs = "_.+'&-@%\\";

    /// <summary>Forms in which an address can stand in JSON or a link without looking like one.</summary>
    private static readonly string[] Escapes = ["\\u", "%40"];

    private readonly IReadOnlyList<string> values;
    private readonly Regex inText;

    /// <param name="request">Who they are.</param>
    /// <param name="hash">Makes the hashes by which the eraser knows them.</param>
    public Sought(ForgetRequest request, KeyedHash hash)
    {
        values = [.. request.Emails, .. request.Customers];
        Emails = [.. request.Emails.Select(email => Eraser.OfEmail(hash, email))];
        Ids = [.. request.Customers.Select(id => Eraser.OfId(hash, id))];
        Eraser = new Eraser(hash, [new Erasure("", default, null, "", Emails, Ids, hash.Check, [])]);
        inText = new Regex(
            string.Join('|', values.Select(value => Regex.Escape(value).Replace("@", @"(?:@|%40|\\u0040)", StringComparison.Ordinal))),
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1));
    }

    /// <summary>Puts pseudonyms in their place.</summary>
    public Eraser Eraser { get; }

    /// <summary>The hashes of the addresses.</summary>
    public IReadOnlyList<string> Emails { get; }

    /// <summary>The hashes of the ids.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The SQL condition that a text may name them.</summary>
    public string MayName(string text) => string.Join(
        " or ", values.Select(value => $"contains(lower({text}), {Sql.Text(value.ToLowerInvariant())})").Concat(Escapes.Select(escape => $"contains({text}, {Sql.Text(escape)})")));

    /// <summary>Whether a text names them, whatever it is: what stands in it is looked at as it is, and without the escapes of JSON.</summary>
    public bool IsNamedIn(string text) => inText.Matches(text).Select(match => WordAt(text, match)).Any(word => IsNamed(word) || IsNamed(Unescaped(word)));

    private bool IsNamed(string word) => !ReferenceEquals(Eraser.Text(word), word);

    /// <summary>With all around it that may belong to it: the address of someone else in which this one stands is seen as a whole.</summary>
    private static string WordAt(string text, Match match)
    {
        var (from, to) = (match.Index, match.Index + match.Length);
        while (from > 0 && match.Index - from < LongestWord && IsPart(text[from - 1]))
        {
            from--;
        }

        while (to < text.Length && to - match.Index < LongestWord && IsPart(text[to]))
        {
            to++;
        }

        return text[from..to];
    }

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || Signs.Contains(character, StringComparison.Ordinal);

    private static string Unescaped(string word) => Escape().Replace(
        word, escape => escape.Groups["code"] is { Success: true, Value: var code } ? $"{(char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}" : " ");

    [GeneratedRegex(@"\\(?:u(?<code>[0-9A-F]{4})|.)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escape();
}
