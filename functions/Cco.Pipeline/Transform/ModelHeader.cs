using System.Text.RegularExpressions;

namespace Cco.Pipeline.Transform;

/// <summary>What a model's first lines say of it.</summary>
/// <param name="Grain">What one row is, such as "one row per customer and month".</param>
/// <param name="IsCustomerScoped">Its rows for one customer depend on that customer's inputs alone, so it can be built some customers at a time.</param>
/// <param name="IsView">It is thin: computed where it is read, not kept.</param>
/// <param name="Procedure">What makes its rows from those of the select, where SQL cannot; null: they are those of the select.</param>
public sealed partial record ModelHeader(string Grain, bool IsCustomerScoped, bool IsView, string? Procedure = null)
{
    /// <summary>Reads the comment lines at the top of a model.</summary>
    /// <exception cref="FormatException">A line is missing or says something unknown.</exception>
    public static ModelHeader Parse(string sql)
    {
        var lines = sql.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        var grain = Value(lines, Grains()) ?? throw new FormatException("its first line must be '-- Grain: one row per ...'");
        var scope = Value(lines, Scopes());
        var built = Value(lines, BuiltAs());
        return new ModelHeader(
            grain,
            scope switch
            {
                "customer" => true,
                "company" or null => false,
                _ => throw new FormatException($"'-- Scope: {scope}' is neither customer nor company"),
            },
            built switch
            {
                "view" => true,
                "table" or null => false,
                _ => throw new FormatException($"'-- Built as: {built}' is neither view nor table"),
            },
            Value(lines, Procedures()));
    }

    private static string? Value(List<string> lines, Regex pattern) =>
        lines.Select(line => pattern.Match(line)).FirstOrDefault(match => match.Success)?.Groups["value"].Value;

    [GeneratedRegex("^-- Grain: (?<value>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grains();

    [GeneratedRegex(@"^-- Scope: (?<value>\w+)\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scopes();

    [GeneratedRegex(@"^-- Built as: (?<value>\w+)\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuiltAs();

    [GeneratedRegex(@"^-- Procedure: (?<value>\w+)\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Procedures();
}
