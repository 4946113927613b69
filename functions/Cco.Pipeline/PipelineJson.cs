using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cco.Pipeline;

/// <summary>How the pipeline writes JSON: snake case, nulls left out, text as it is. Not for embedding in HTML.</summary>
public static class PipelineJson
{
    /// <summary>For people: indented.</summary>
    public static JsonSerializerOptions Readable { get; } = Options(indented: true);

    /// <summary>For payloads: one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Options(indented: false);

    /// <summary>The same for types that are known when compiled: finding them out at run time takes a run with nothing new a tenth of its time.</summary>
    internal static JsonSerializerOptions Of(IJsonTypeInfoResolver types, bool indented) => new(indented ? Readable : Compact) { TypeInfoResolver = types };

    private static JsonSerializerOptions Options(bool indented) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
