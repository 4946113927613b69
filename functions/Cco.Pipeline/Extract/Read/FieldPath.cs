using System.Text;
using System.Text.Json;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Fields that are wanted of a JSON object, by their paths such as <c>attributes/updated_at</c>, or <c>items/*/id</c> for those of all elements of a list; found in one
/// pass over its bytes, without a tree of it.
/// </summary>
internal sealed class FieldPaths
{
    /// <summary>Any element of a list.</summary>
    private const string Each = "*";

    private readonly Node root = new();

    public FieldPaths(IReadOnlyList<string> paths)
    {
        for (var place = 0; place < paths.Count; place++)
        {
            root.Add(paths[place].Split('/'), place);
        }

        Count = paths.Count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>
    /// The values in the order of the paths: texts as they are, everything else as JSON; null where a field is null or not there. Those of all elements of a list are a JSON
    /// array of such texts, null where there is none.
    /// </summary>
    public string?[] Of(ReadOnlySpan<byte> json)
    {
        var found = new string?[Count];
        var reader = new Utf8JsonReader(json, JsonLimits.Reader);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Object(ref reader, json, root, found);
        }

        return found;
    }

    private static void Object(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Node node, string?[] found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.Find(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                Value(ref reader, json, child, found);
            }
        }
    }

    private static void Array(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Node each, string?[] found)
    {
        var values = each.Within.ToDictionary(place => place, _ => new List<string>());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var ofElement = new string?[found.Length];
            Value(ref reader, json, each, ofElement);
            foreach (var (place, list) in values)
            {
                if (ofElement[place] is { } value)
                {
                    list.Add(value);
                }
            }
        }

        foreach (var (place, list) in values)
        {
            found[place] = list.Count == 0 ? null : JsonSerializer.Serialize(list, PipelineJson.Compact);
        }
    }

    private static void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Node node, string?[] found)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartObject && node.HasChildren)
        {
            Object(ref reader, json, node, found);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && node.OfEach is { } each)
        {
            Array(ref reader, json, each, found);
        }
        else
        {
            reader.Skip();
        }

        foreach (var place in node.Places)
        {
            found[place] = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => reader.GetString(),
                _ => Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]),
            };
        }
    }

    /// <summary>A name on the way to a wanted field.</summary>
    private sealed class Node
    {
        private readonly List<(byte[] Name, Node Child)> children = [];

        public List<int> Places { get; } = [];

        public bool HasChildren => children.Count > 0;

        /// <summary>What is wanted of each element, where it is a list.</summary>
        public Node? OfEach { get; private set; }

        /// <summary>The places of all that is wanted of it and below.</summary>
        public IEnumerable<int> Within => Places.Concat(children.SelectMany(child => child.Child.Within)).Concat(OfEach?.Within ?? []);

        public void Add(ReadOnlySpan<string> path, int place)
        {
            if (path.IsEmpty)
            {
                Places.Add(place);
                return;
            }

            if (path[0] == Each)
            {
                (OfEach ??= new Node()).Add(path[1..], place);
                return;
            }

            var name = Encoding.UTF8.GetBytes(path[0]);
            var child = children.Find(known => known.Name.AsSpan().SequenceEqual(name)).Child;
            if (child is null)
            {
                child = new Node();
                children.Add((name, child));
            }

            child.Add(path[1..], place);
        }

        public Node? Find(ref Utf8JsonReader reader)
        {
            foreach (var (name, child) in children)
            {
                if (reader.ValueTextEquals(name))
                {
                    return child;
                }
            }

            return null;
        }
    }
}

/// <summary>How deep vendors' JSON may be.</summary>
internal static class JsonLimits
{
    /// <summary>Deep enough for every vendor, shallow enough for the stack.</summary>
    public static JsonReaderOptions Reader { get; } = new() { MaxDepth = 256 };
}
