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

    private static readonly string[] Units = ["ratio", "points", "money", "count", "days", "score"];

    private static readonly string[] Periods = ["month", "quarter", "fiscal_year", "trailing_12_months"];

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

    /// <summary>What of the KPIs does not fit the models.</summary>
    public static IEnumerable<SqlProblem> Problems(IReadOnlyList<Kpi> kpis, IReadOnlyDictionary<string, Model> models) =>
        kpis.SelectMany(kpi => Problems(kpi, models.GetValueOrDefault(kpi.Model)).Select(problem => SqlProblem.In(FileName, $"the KPI '{kpi.Name}': {problem}")));

    private static IEnumerable<string> Problems(Kpi kpi, Model? mart)
    {
        foreach (var (field, text) in new[] { ("title", kpi.Title), ("formula", kpi.Formula), ("population", kpi.Population), ("null_rule", kpi.NullRule), ("owner", kpi.Owner) })
        {
            if (text.Length == 0)
            {
                yield return $"it has no {field}.";
            }
        }

        if (kpi.Version < 1)
        {
            yield return "its version is a number from 1 on.";
        }

        if (!Units.Contains(kpi.Unit))
        {
            yield return $"its unit is one of {string.Join(", ", Units)}, not '{kpi.Unit}'.";
        }

        if (kpi.Direction is not ("up" or "down"))
        {
            yield return $"its direction is up or down, not '{kpi.Direction}'.";
        }

        if (kpi.TargetPeriod is { } period && !Periods.Contains(period))
        {
            yield return $"its target_period is one of {string.Join(", ", Periods)}, not '{period}'.";
        }

        if (mart is not { Layer: Layer.Marts, Contract: { } contract })
        {
            yield return $"there is no mart '{kpi.Model}'.";
            yield break;
        }

        foreach (var column in kpi.Columns.Except(contract.Columns.Select(column => column.Name), StringComparer.Ordinal))
        {
            yield return $"'{kpi.Model}' has no column '{column}'.";
        }
    }
}
