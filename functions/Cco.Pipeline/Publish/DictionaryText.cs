using System.Text;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Publish;

/// <summary>What every KPI, mart, entity and column means: the contracts' comments and <c>kpis.yaml</c>, for people and for machines.</summary>
public sealed class DictionaryText(Catalog catalog, KpiOptions settings)
{
    /// <summary>The dictionary as Markdown.</summary>
    public string Markdown()
    {
        var text = new StringBuilder("# Data dictionary\n\nMade by `cco dictionary` from `transforms/`; edit the contracts and `kpis.yaml`, not this file.\n");
        Kpis(text);
        Settings(text);
        text.Append("\n## Marts\n\nWhat BI tools read.\n");
        foreach (var mart in catalog.Marts)
        {
            Table(text, mart.Name, mart.Contract!);
        }

        text.Append("\n## Conformed entities\n\nWhat files are dropped for; `cco template <entity>` prints the header of each.\n");
        foreach (var (name, contract) in catalog.Entities.OrderBy(entity => entity.Key, StringComparer.Ordinal))
        {
            Table(text, name, contract);
        }

        return text.ToString();
    }

    /// <summary>The columns as CSV: one line a column.</summary>
    public string Csv()
    {
        var text = new StringBuilder(CsvText.Line(["layer", "table", "column", "type", "required", "key", "meaning"]));
        foreach (var (layer, name, contract) in Tables())
        {
            foreach (var column in contract.Columns)
            {
                text.Append(CsvText.Line([layer, name, column.Name, column.Type, contract.Required.Contains(column.Name), contract.Key.Contains(column.Name), column.Comment]));
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string name, Contract contract)
    {
        text.Append($"\n### {name}\n\n{contract.Comment}\n\n| column | type | | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var column in contract.Columns)
        {
            var role = contract.Key.Contains(column.Name) ? "key" : column.IsNullable ? "" : column.Default is null ? "required" : $"default {column.Default}";
            text.Append($"| `{column.Name}` | {column.Type.ToLowerInvariant()} | {role} | {Cell(column.Comment)} |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private IEnumerable<(string Layer, string Name, Contract Contract)> Tables() =>
        catalog.Marts.Select(mart => ("marts", mart.Name, mart.Contract!))
            .Concat(catalog.Entities.OrderBy(entity => entity.Key, StringComparer.Ordinal).Select(entity => ("conformed", entity.Key, entity.Value)));

    private void Kpis(StringBuilder text)
    {
        text.Append("\n## KPIs\n\n| KPI | meaning | population | null when | unit | good is | target | from | owner | version |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var kpi in catalog.Kpis)
        {
            text.Append(
                $"| **{kpi.Title}** `{kpi.Name}` | {Cell(kpi.Formula)} | {Cell(kpi.Population)} | {Cell(kpi.NullRule)} | {kpi.Unit} | {kpi.Direction} "
                + $"| {kpi.Target?.ToString() ?? "none"} | `{kpi.Model}` ({string.Join(", ", kpi.Columns)}) | {kpi.Owner} | {kpi.Version} |\n");
        }
    }

    private void Settings(StringBuilder text)
    {
        text.Append("\n## Settings that change what numbers mean\n\nEach is recorded in the report of every run; these are the values here.\n\n| setting | value |\n| --- | --- |\n");
        foreach (var (name, value) in settings.Variables(DateOnly.MinValue).Where(variable => variable.Key != "as_of"))
        {
            text.Append($"| `{name}` | {value.Split("::")[0].Trim('\'')} |\n");
        }
    }
}
