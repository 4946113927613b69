using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Finds what was meant by a name, or says what is called alike.</summary>
internal static class KpiNames
{
    private const int Nearest = 3;

    /// <summary>The KPI of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Kpi Find(IReadOnlyList<Kpi> kpis, string name) =>
        kpis.FirstOrDefault(kpi => kpi.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || kpi.Title.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            kpis.Count == 0
                ? $"There is no KPI '{name}': these models have none."
                : $"There is no KPI '{name}'. Nearest: {string.Join(", ", Near(kpis.Select(kpi => kpi.Name), name))}. `cco query \"select kpi, title from dim_kpi\"` lists all.",
            nameof(name));

    /// <summary>The names that are most like one: those with most of its words, then those with most of its letters.</summary>
    private static IEnumerable<string> Near(IEnumerable<string> names, string name)
    {
        var meant = name.ToLowerInvariant();
        var words = meant.Split('_', ' ', '-');
        return names.OrderByDescending(other => words.Intersect(other.Split('_')).Count()).ThenBy(other => Distance(other, meant))
            .ThenBy(other => other, StringComparer.Ordinal).Take(Nearest);
    }

    /// <summary>The letters to add, take away or change to make one text the other.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
