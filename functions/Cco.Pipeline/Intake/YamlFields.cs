using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cco.Pipeline.Intake;

/// <summary>The fields of one mapping of a YAML file. Each failure names the file, the line and the field.</summary>
internal sealed class YamlFields
{
    private readonly string file;
    private readonly YamlMappingNode mapping;

    private YamlFields(string file, YamlMappingNode mapping, string[] known)
    {
        (this.file, this.mapping) = (file, mapping);
        foreach (var (key, _) in mapping)
        {
            if (!known.Contains(((YamlScalarNode)key).Value, StringComparer.Ordinal))
            {
                throw Wrong(key, $"'{key}' is no field here; there are {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>Reads a file that is one mapping.</summary>
    public static YamlFields Parse(string file, string text, string[] known)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"{file}, line {exception.Start.Line}: {exception.Message}", exception);
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode root }]
            ? new YamlFields(file, root, known)
            : throw new FormatException($"{file}, line 1: expected fields such as 'table: invoices'.");
    }

    /// <summary>Whether the field is there.</summary>
    public bool Has(string field) => mapping.Children.ContainsKey(field);

    /// <summary>A field that is one text; null where it is not there.</summary>
    public string? Text(string field) => Has(field) ? Scalar(field, mapping[field]) : null;

    /// <summary>A field that is one character; null where it is not there.</summary>
    public char? Character(string field) => Text(field) switch
    {
        null => null,
        [var character] => character,
        _ => throw Wrong(field, "expected one character in quotes, such as \";\""),
    };

    /// <summary>A field that is a list of texts; none where it is not there.</summary>
    public IReadOnlyList<string> Texts(string field) => !Has(field) ? [] : mapping[field] is YamlSequenceNode list
        ? [.. list.Select(item => Scalar(field, item))]
        : throw Wrong(field, "expected a list such as [first, second]");

    /// <summary>A field that gives texts for texts; none where it is not there.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string field) => !Has(field)
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : Mapping(field).ToDictionary(pair => Scalar(field, pair.Key), pair => Scalar(field, pair.Value), StringComparer.Ordinal);

    /// <summary>A field that has fields itself; null where it is not there.</summary>
    public YamlFields? Fields(string field, string[] known) => Has(field) ? new YamlFields(file, Mapping(field), known) : null;

    /// <summary>A field that is there, read by <paramref name="read"/>.</summary>
    public T Read<T>(string field, Func<string, T> read) => Checked(field, () => read(Text(field)!));

    /// <summary>Makes something of the fields; what it does not accept is the failure of one of them.</summary>
    public T Checked<T>(string field, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw Wrong(field, exception.Message, exception);
        }
        catch (FormatException exception) when (!exception.Message.StartsWith(file, StringComparison.Ordinal))
        {
            throw Wrong(field, exception.Message, exception);
        }
    }

    /// <summary>The failure of a field.</summary>
    public FormatException Wrong(string field, string problem, Exception? inner = null) =>
        Wrong(Has(field) ? mapping.Children.Keys.First(key => ((YamlScalarNode)key).Value == field) : mapping, $"{field}: {problem}", inner);

    private FormatException Wrong(YamlNode node, string problem, Exception? inner = null) =>
        new($"{file}, line {node.Start.Line}: {problem}", inner);

    private YamlMappingNode Mapping(string field) =>
        mapping[field] as YamlMappingNode ?? throw Wrong(field, "expected pairs such as { key: value }");

    private string Scalar(string field, YamlNode node) => node is YamlScalarNode { Value: { Length: > 0 } text }
        ? text
        : throw Wrong(node, $"{field}: expected a text");
}
