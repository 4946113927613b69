using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Cco.Pipeline.Extract;

/// <summary>What a request says in one place: a text, or the name of what stands there when the request is made. There are no templates.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, or the name.</param>
/// <param name="Format">How an instant is written.</param>
internal sealed record SourceValue(SourceValueKind Kind, string Text, InstantFormat Format = InstantFormat.Iso)
{
    /// <summary>A text as it is.</summary>
    public static SourceValue Literal(string text) => new(SourceValueKind.Literal, text);
}

/// <summary>What a value is.</summary>
internal enum SourceValueKind
{
    /// <summary>A text.</summary>
    Literal,

    /// <summary>A setting of the source.</summary>
    Setting,

    /// <summary>A secret of the source.</summary>
    Secret,

    /// <summary>A field of the parent record.</summary>
    Parent,

    /// <summary>An end of the window: <c>from</c> or <c>to</c>.</summary>
    Window,
}

/// <summary>How an instant is written.</summary>
internal enum InstantFormat
{
    /// <summary>ISO 8601, such as 2026-03-01T10:00:00Z.</summary>
    Iso,

    /// <summary>Seconds since 1970.</summary>
    Unix,

    /// <summary>Milliseconds since 1970.</summary>
    UnixMilliseconds,

    /// <summary>A day, such as 2026-03-01.</summary>
    Day,
}

/// <summary>Writes and reads instants as vendors do.</summary>
internal static class InstantFormats
{
    /// <summary>The instant in a vendor's form.</summary>
    public static string Write(this InstantFormat format, DateTimeOffset instant) => format switch
    {
        InstantFormat.Unix => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        InstantFormat.UnixMilliseconds => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        InstantFormat.Day => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => instant.ToUniversalTime().ToString(instant.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    };

    /// <summary>Reads a vendor's form; null where it is not of that form.</summary>
    public static DateTimeOffset? Read(this InstantFormat format, string text) => format switch
    {
        InstantFormat.Unix => Since1970(text, 1_000),
        InstantFormat.UnixMilliseconds => Since1970(text, 1),
        _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null,
    };

    private static DateTimeOffset? Since1970(string text, int milliseconds) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number * milliseconds is var since && since > DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && since < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)since)
            : null;
}

/// <summary>Reads <c>text</c>, <c>{ setting: name }</c>, <c>{ secret: name }</c>, <c>{ parent: field }</c> and <c>{ window: from, format: unix }</c>.</summary>
internal sealed class SourceValueConverter : IYamlTypeConverter
{
    private static readonly Dictionary<string, SourceValueKind> Kinds = new(StringComparer.Ordinal)
    {
        ["setting"] = SourceValueKind.Setting,
        ["secret"] = SourceValueKind.Secret,
        ["parent"] = SourceValueKind.Parent,
        ["window"] = SourceValueKind.Window,
    };

    /// <inheritdoc />
    public bool Accepts(Type type) => type == typeof(SourceValue);

    /// <inheritdoc />
    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return SourceValue.Literal(scalar.Value);
        }

        var start = parser.Consume<MappingStart>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            fields[parser.Consume<Scalar>().Value] = parser.Consume<Scalar>().Value;
        }

        return Of(fields) ?? throw new YamlException(
            start.Start, start.End, "expected a text, { setting: name }, { secret: name }, { parent: field } or { window: from or to, format: iso, unix, unix_milliseconds or day }");
    }

    /// <inheritdoc />
    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException("Descriptions are only read.");

    /// <summary>The value of such fields; null where they are none.</summary>
    internal static SourceValue? Of(IReadOnlyDictionary<string, string> fields)
    {
        var (name, text) = fields.FirstOrDefault(field => Kinds.ContainsKey(field.Key));
        if (name is null || fields.Count > (name == "window" ? 2 : 1))
        {
            return null;
        }

        if (name != "window")
        {
            return new SourceValue(Kinds[name], text);
        }

        InstantFormat? format = fields.GetValueOrDefault("format", "iso") switch
        {
            "iso" => InstantFormat.Iso,
            "unix" => InstantFormat.Unix,
            "unix_milliseconds" => InstantFormat.UnixMilliseconds,
            "day" => InstantFormat.Day,
            _ => null,
        };
        return text is "from" or "to" && format is { } known && (fields.Count == 1 || fields.ContainsKey("format")) ? new SourceValue(SourceValueKind.Window, text, known) : null;
    }
}
