using System.Text.Json;

namespace Cco.Pipeline.Transform;

/// <summary>What a select mentions, as DuckDB itself parses it.</summary>
/// <param name="Tables">Tables with their schema ("" where the name is bare), without the select's own CTEs.</param>
/// <param name="Functions">Functions and macros called.</param>
/// <param name="Variables">Settings read with <c>getvariable</c>.</param>
/// <param name="CommonTables">The names of its CTEs.</param>
public sealed record SqlReferences(
    IReadOnlySet<(string Schema, string Name)> Tables,
    IReadOnlySet<string> Functions,
    IReadOnlySet<string> Variables,
    IReadOnlySet<string> CommonTables)
{
    /// <summary>Functions and macros that stand in place of a table.</summary>
    public IReadOnlySet<string> TableFunctions { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The references of a select that this program wrote itself: its tables, and no macro or setting.</summary>
    internal static SqlReferences To(params IEnumerable<(string Schema, string Name)> tables) =>
        new(tables.ToHashSet(), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Collects the references of a tree that <c>json_serialize_sql</c> made.</summary>
    internal static SqlReferences Of(JsonElement tree)
    {
        var walk = new Walk();
        walk.Visit(tree);
        walk.Tables.RemoveWhere(table => table.Schema.Length == 0 && walk.CommonTables.Contains(table.Name));
        return new SqlReferences(walk.Tables, walk.Functions, walk.Variables, walk.CommonTables) { TableFunctions = walk.TableFunctions };
    }

    private sealed class Walk
    {
        public HashSet<(string Schema, string Name)> Tables { get; } = [];

        public HashSet<string> Functions { get; } = new(StringComparer.Ordinal);

        public HashSet<string> TableFunctions { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

        public HashSet<string> CommonTables { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void Visit(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    Note(element);
                    foreach (var property in element.EnumerateObject())
                    {
                        Visit(property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Visit(item);
                    }

                    break;
            }
        }

        private static string Text(JsonElement element, string property) =>
            element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

        private void Note(JsonElement node)
        {
            if (Text(node, "type") == "BASE_TABLE")
            {
                Tables.Add((Text(node, "schema_name").ToLowerInvariant(), Text(node, "table_name").ToLowerInvariant()));
            }
            else if (Text(node, "type") == "TABLE_FUNCTION" && node.TryGetProperty("function", out var function))
            {
                TableFunctions.Add(Text(function, "function_name").ToLowerInvariant());
            }
            else if (Text(node, "type") == "FUNCTION")
            {
                NoteFunction(node, Text(node, "function_name").ToLowerInvariant());
            }
            else if (node.TryGetProperty("cte_map", out var map) && map.TryGetProperty("map", out var entries))
            {
                CommonTables.UnionWith(entries.EnumerateArray().Select(entry => Text(entry, "key").ToLowerInvariant()));
            }
        }

        private void NoteFunction(JsonElement node, string name)
        {
            Functions.Add(name);
            if (name == "getvariable" && node.TryGetProperty("children", out var children)
                && children.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } argument
                && argument.TryGetProperty("value", out var constant) && constant.TryGetProperty("value", out var text))
            {
                Variables.Add(text.GetString() ?? "");
            }
        }
    }
}
