using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Cco.Pipeline.Extract;

/// <summary>Reads the description of a source, strictly: an unknown field, a missing one or one that does not fit the others is an error.</summary>
internal static class SourceFile
{
    /// <summary>Reads and checks a description.</summary>
    /// <param name="file">The name of its file.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="FormatException">Something in it is wrong; each problem names the file, the line and the field.</exception>
    public static SourceDescription Parse(string file, string text)
    {
        SourceDescription source;
        try
        {
            source = Deserializer().Deserialize<SourceDescription>(text)
                ?? throw new FormatException($"{file}, line 1: it is empty.");
        }
        catch (YamlException exception)
        {
            throw new FormatException($"{file}, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }

        var problems = SourceCheck.Problems(source, file).Select(problem => $"{file}, line {LineOf(text, problem.Field)}: {problem.Field}: {problem.Message}").ToList();
        return problems.Count == 0 ? source : throw new FormatException(string.Join('\n', problems));
    }

    private static IDeserializer Deserializer() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithDuplicateKeyChecking()
        .WithTypeConverter(new SourceValueConverter())
        .WithTypeConverter(new BodyValueConverter())
        .WithTypeMapping<IReadOnlyList<string>, List<string>>()
        .WithTypeMapping<IReadOnlyList<int>, List<int>>()
        .WithTypeMapping<IReadOnlyDictionary<string, string>, Dictionary<string, string>>()
        .WithTypeMapping<IReadOnlyDictionary<string, SourceValue>, Dictionary<string, SourceValue>>()
        .WithTypeMapping<IReadOnlyDictionary<string, SettingDescription>, Dictionary<string, SettingDescription>>()
        .WithTypeMapping<IReadOnlyDictionary<string, StreamDescription>, Dictionary<string, StreamDescription>>()
        .Build();

    /// <summary>The line of a field such as <c>streams/invoice/paging</c>, or of what is around it where it is not there.</summary>
    private static long LineOf(string text, string field)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var node = yaml.Documents[0].RootNode;
        var line = node.Start.Line;
        foreach (var name in field.Split('/'))
        {
            if (node is not YamlMappingNode mapping
                || mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == name) is not { Value: { } next } found)
            {
                break;
            }

            (line, node) = (found.Key.Start.Line, next);
        }

        return line;
    }
}
