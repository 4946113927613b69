using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Cco.Pipeline.Transform;

/// <summary>Reads <c>kpis.yaml</c>, strictly: an unknown field is an error.</summary>
internal static class KpiFile
{
    /// <summary>The relation that models read the file's KPIs from.</summary>
    public const string Relation = "kpi";

    private const string FileName = "kpis.yaml";

    public static IReadOnlyList<Kpi> Read(SortedDictionary<string, string> files)
    {
        if (!files.TryGetValue(FileName, out var path))
        {
            return [];
        }

        try
        {
            var yaml = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithTypeMapping<IReadOnlyList<string>, List<string>>()
                .Build();
            var kpis = yaml.Deserialize<List<Kpi>>(File.ReadAllText(path)) ?? [];
            return kpis.GroupBy(kpi => kpi.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw new TransformException(SqlProblem.In(FileName, $"the KPI '{twice.Key}' is there twice."))
                : kpis;
        }
        catch (YamlException exception)
        {
            throw new TransformException(new SqlProblem(
                FileName, (int)exception.Start.Line, (int)exception.Start.Column, exception.InnerException?.Message ?? exception.Message, null));
        }
    }
}
