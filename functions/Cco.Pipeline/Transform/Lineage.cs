namespace Cco.Pipeline.Transform;

/// <summary>
/// What models are made of. A column is followed by its name, which the models keep from staging to the marts: where a column is called
/// otherwise, its meaning has changed.
/// </summary>
public sealed class Lineage(Catalog catalog)
{
    /// <summary>The models that a name stands for: the model itself, or every model that promises a column of that name.</summary>
    /// <param name="name">A model, a column, or model.column.</param>
    /// <exception cref="ArgumentException">There is no such model or column.</exception>
    public IReadOnlyList<string> Find(string name)
    {
        var parts = name.Split('.');
        var found = catalog.Models.ContainsKey(name) || catalog.Seeds.ContainsKey(name) ? [name]
            : parts is [var model, var column] ? Promising(column).Where(promising => promising == model).ToList()
            : Promising(name).ToList();
        return found.Count > 0
            ? found
            : throw new ArgumentException($"There is no model, seed or column '{name}'; `cco models` lists the models and `cco dictionary` the columns.", nameof(name));
    }

    /// <summary>What a model reads itself: models, seeds, and for conformed entities the staging models and streams that feed them.</summary>
    public IEnumerable<string> Inputs(string name)
    {
        if (!catalog.Models.TryGetValue(name, out var model))
        {
            return [];
        }

        return model.Layer switch
        {
            Layer.Staging => [$"raw stream {model.Stream}"],
            Layer.Conformed => catalog.Feeding(name).Select(stage => stage.Name).Append($"raw stream file.{name}"),
            _ => ModelOrder.Inputs(model),
        };
    }

    /// <summary>What reads a model itself.</summary>
    public IEnumerable<string> Readers(string name) =>
        catalog.Models.Keys.Where(other => other != name && Inputs(other).Contains(name)).Order(StringComparer.Ordinal);

    /// <summary>Everything a model is made of.</summary>
    public IReadOnlyList<string> Upstream(string name) => Reach(name, Inputs);

    /// <summary>Everything that is made of a model.</summary>
    public IReadOnlyList<string> Downstream(string name) => Reach(name, Readers);

    private static List<string> Reach(string name, Func<string, IEnumerable<string>> next)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(next(name));
        while (waiting.TryDequeue(out var other))
        {
            if (reached.Add(other))
            {
                next(other).ToList().ForEach(waiting.Enqueue);
            }
        }

        return [.. reached];
    }

    private IEnumerable<string> Promising(string column) => catalog.Models.Values
        .Where(model => model.Contract?.Columns.Any(promised => promised.Name == column) == true)
        .Select(model => model.Name);
}
