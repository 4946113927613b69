using Cco.Pipeline.Intake;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>The tables that files can be dropped for: every conformed entity, and what <c>landing/*.yaml</c> declares.</summary>
public static class LandingTables
{
    /// <summary>The tables by name.</summary>
    /// <exception cref="TransformException">A declaration is wrong.</exception>
    public static IReadOnlyDictionary<string, LandingTable> Of(Catalog catalog)
    {
        var entities = catalog.Entities.ToDictionary(
            entity => entity.Key,
            entity => new LandingColumns(entity.Value.Required, entity.Value.Key) { Defaulted = [.. entity.Value.Key.Except(entity.Value.Required)] },
            StringComparer.Ordinal);
        var tables = entities.ToDictionary(entity => entity.Key, entity => LandingTable.OfEntity(entity.Key, entity.Value), StringComparer.Ordinal);
        foreach (var (file, text) in catalog.LandingFiles)
        {
            var table = Declared(file, text, entities);
            tables[table.Name] = table;
        }

        return tables;
    }

    private static LandingTable Declared(string file, string text, Dictionary<string, LandingColumns> entities)
    {
        try
        {
            return LandingTableFile.Parse(file, text, entities);
        }
        catch (FormatException exception)
        {
            throw new TransformException(SqlProblem.In(file, exception.Message));
        }
    }
}
