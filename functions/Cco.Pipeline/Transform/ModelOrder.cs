namespace Cco.Pipeline.Transform;

/// <summary>Orders models so that each comes after what it reads.</summary>
internal static class ModelOrder
{
    /// <summary>The models in such an order; equal sets of models have equal orders.</summary>
    /// <exception cref="TransformException">Some models read each other in a circle, which is shown.</exception>
    public static IReadOnlyDictionary<string, Model> Sort(Dictionary<string, Model> models)
    {
        var sorted = new OrderedDictionary<string, Model>(StringComparer.Ordinal);
        foreach (var name in models.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name, models, sorted, []);
        }

        return sorted;
    }

    /// <summary>The names of the models that a model reads.</summary>
    public static IEnumerable<string> Inputs(Model model) =>
        model.References.Tables.Where(table => table.Schema is not ("raw" or "staged")).Select(table => table.Name).Order(StringComparer.Ordinal);

    private static void Visit(string name, Dictionary<string, Model> models, OrderedDictionary<string, Model> sorted, List<string> path)
    {
        if (sorted.ContainsKey(name) || !models.TryGetValue(name, out var model))
        {
            return;
        }

        if (path.Contains(name))
        {
            var circle = path.SkipWhile(step => step != name).Append(name);
            throw new TransformException(SqlProblem.In(model.File, $"models read each other in a circle: {string.Join(" -> ", circle)}. Take one step apart into a model of its own."));
        }

        path.Add(name);
        foreach (var input in Inputs(model))
        {
            Visit(input, models, sorted, path);
        }

        path.RemoveAt(path.Count - 1);
        sorted.Add(name, model);
    }
}
