namespace Cco.Pipeline.Transform;

/// <summary>Everything the SQL folders hold, checked: names are unique and known, layers are kept, and nothing depends on itself.</summary>
/// <param name="Models">Staging, conformed, intermediate and mart models and audits by name, in an order in which each comes after what it reads.</param>
/// <param name="Entities">The contracts of the conformed entities by name.</param>
/// <param name="Seeds">The seeds by name.</param>
/// <param name="Macros">The texts of the macro files, in order.</param>
/// <param name="MacroReferences">What each macro mentions, by its name.</param>
/// <param name="Kpis">The KPIs that are published.</param>
/// <param name="LandingFiles">The texts of <c>landing/*.yaml</c> by file name: tables that people drop files for.</param>
public sealed record Catalog(
    IReadOnlyDictionary<string, Model> Models,
    IReadOnlyDictionary<string, Contract> Entities,
    IReadOnlyDictionary<string, Seed> Seeds,
    IReadOnlyList<string> Macros,
    IReadOnlyDictionary<string, SqlReferences> MacroReferences,
    IReadOnlyList<Kpi> Kpis,
    IReadOnlyDictionary<string, string> LandingFiles)
{
    /// <summary>The staging models that feed an entity, by name.</summary>
    public IEnumerable<Model> Feeding(string entity) =>
        Models.Values.Where(model => model.Entity == entity).OrderBy(model => model.Name, StringComparer.Ordinal);

    /// <summary>Makes the macros in a session's database.</summary>
    internal void Define(EngineSession session) => Macros.ToList().ForEach(text => session.Execute(text));

    /// <summary>The marts, by name.</summary>
    public IEnumerable<Model> Marts => Models.Values.Where(model => model.Layer == Layer.Marts).OrderBy(model => model.Name, StringComparer.Ordinal);

    /// <summary>The audits, by name.</summary>
    public IEnumerable<Model> Audits => Models.Values.Where(model => model.Layer == Layer.Audits).OrderBy(model => model.Name, StringComparer.Ordinal);
}
