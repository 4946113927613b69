using System.Text.RegularExpressions;

namespace Cco.Pipeline;

/// <summary>
/// One stream of one source, such as <c>stripe.invoice</c>. Both parts are lower snake case without a double underscore,
/// so that <c>raw.stripe__invoice</c> and <c>raw/stripe/invoice/</c> can be read back without doubt.
/// </summary>
public sealed partial record StreamName
{
    /// <param name="source">The system of record; <c>file</c> for dropped files of a conformed entity.</param>
    /// <param name="stream">The stream within that source.</param>
    /// <exception cref="ArgumentException">A part is not lower snake case.</exception>
    public StreamName(string source, string stream) => (Source, Stream) = (Checked(source), Checked(stream));

    /// <summary>The system of record.</summary>
    public string Source { get; }

    /// <summary>The stream within the source.</summary>
    public string Stream { get; }

    /// <summary>The name of the stream's relation in the schema <c>raw</c>.</summary>
    public string Relation => $"{Source}__{Stream}";

    /// <summary>Reads <c>source.stream</c>.</summary>
    /// <exception cref="FormatException">The text has not exactly one dot.</exception>
    public static StreamName Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2
            ? new StreamName(parts[0], parts[1])
            : throw new FormatException($"'{text}' is not a stream name: write it as source.stream, for example stripe.invoice.");
    }

    /// <summary>Reads the name of a relation of the schema <c>raw</c>; null where it is not one.</summary>
    public static StreamName? FromRelation(string relation)
    {
        var parts = relation.Split("__");
        return parts.Length == 2 && Part().IsMatch(parts[0]) && Part().IsMatch(parts[1]) ? new StreamName(parts[0], parts[1]) : null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Source}.{Stream}";

    private static string Checked(string part) => Part().IsMatch(part)
        ? part
        : throw new ArgumentException($"'{part}' is no name for a source or stream: use lower case letters, digits and single underscores.", nameof(part));

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
