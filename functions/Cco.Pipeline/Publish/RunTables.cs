using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Publish;

/// <summary>The tables of one run, published or not, by name.</summary>
public sealed class RunTables
{
    private readonly Dictionary<string, LakePath> files;

    private RunTables(Dictionary<string, LakePath> files) => this.files = files;

    /// <summary>What a run has published.</summary>
    public static RunTables Of(Manifest manifest) =>
        new(manifest.Tables.ToDictionary(table => table.Name, table => new LakePath(table.Path), StringComparer.Ordinal));

    /// <summary>What a run has built.</summary>
    /// <param name="models">The name and fingerprint of each result.</param>
    public static RunTables Of(IEnumerable<(string Name, string Fingerprint)> models) => new(models.ToDictionary(
        model => model.Name, model => new BuildStep(model.Name, StepKind.Table, "", model.Fingerprint, []).Path, StringComparer.Ordinal));

    /// <summary>The file of a table.</summary>
    /// <exception cref="ArgumentException">The run has no such table.</exception>
    public LakePath Find(string table) => files.TryGetValue(table, out var file)
        ? file
        : throw new ArgumentException($"The run has no table '{table}'.", nameof(table));
}
