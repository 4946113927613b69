using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Cco.Pipeline.Extract;

/// <summary>A part of the JSON that is sent with a request: an object, a list, or one value.</summary>
internal abstract record BodyValue
{
    /// <summary>The JSON, where every named value is what <paramref name="resolve"/> gives; null leaves it out.</summary>
    public abstract JsonNode? ToJson(Func<SourceValue, string?> resolve);

    /// <summary>Every named value in it.</summary>
    public abstract IEnumerable<SourceValue> Values();

    /// <summary>An object.</summary>
    internal sealed record Fields(IReadOnlyList<KeyValuePair<string, BodyValue>> Members) : BodyValue
    {
        /// <inheritdoc />
        public override JsonNode ToJson(Func<SourceValue, string?> resolve)
        {
            var json = new JsonObject();
            foreach (var (name, value) in Members)
            {
                if (value.ToJson(resolve) is { } member)
                {
                    json[name] = member;
                }
            }

            return json;
        }

        /// <inheritdoc />
        public override IEnumerable<SourceValue> Values() => Members.SelectMany(member => member.Value.Values());
    }

    /// <summary>A list.</summary>
    internal sealed record Items(IReadOnlyList<BodyValue> Values_) : BodyValue
    {
        /// <inheritdoc />
        public override JsonNode ToJson(Func<SourceValue, string?> resolve) => new JsonArray([.. Values_.Select(value => value.ToJson(resolve)).Where(value => value is not null)]);

        /// <inheritdoc />
        public override IEnumerable<SourceValue> Values() => Values_.SelectMany(value => value.Values());
    }

    /// <summary>A text, number or truth value, as YAML writes it; named values are texts, or numbers where their format is one.</summary>
    internal sealed record One(SourceValue Value, bool IsText) : BodyValue
    {
        /// <inheritdoc />
        public override JsonNode? ToJson(Func<SourceValue, string?> resolve)
        {
            if (resolve(Value) is not { } text)
            {
                return null;
            }

            return IsText ? JsonValue.Create(text)
                : text is "true" or "false" ? JsonValue.Create(text == "true")
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
                : JsonValue.Create(text);
        }

        /// <inheritdoc />
        public override IEnumerable<SourceValue> Values() => [Value];
    }
}

/// <summary>Reads the JSON of a request from YAML.</summary>
internal sealed class BodyValueConverter : IYamlTypeConverter
{
    /// <inheritdoc />
    public bool Accepts(Type type) => type == typeof(BodyValue);

    /// <inheritdoc />
    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) => Read(parser);

    /// <inheritdoc />
    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException("Descriptions are only read.");

    private static BodyValue Read(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new BodyValue.One(SourceValue.Literal(scalar.Value), scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<BodyValue>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(parser));
            }

            return new BodyValue.Items(items);
        }

        parser.Consume<MappingStart>();
        var members = new List<KeyValuePair<string, BodyValue>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            members.Add(new(parser.Consume<Scalar>().Value, Read(parser)));
        }

        return Named(members) is { } value ? new BodyValue.One(value, value.Kind != SourceValueKind.Window) : new BodyValue.Fields(members);
    }

    private static SourceValue? Named(List<KeyValuePair<string, BodyValue>> members) =>
        members.All(member => member.Value is BodyValue.One { Value.Kind: SourceValueKind.Literal })
            ? SourceValueConverter.Of(members.ToDictionary(member => member.Key, member => ((BodyValue.One)member.Value).Value.Text, StringComparer.Ordinal))
            : null;
}
