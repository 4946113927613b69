using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline;

/// <summary>How the pipeline writes JSON: snake case, nulls left out, text as it is. Not for embedding in HTML.</summary>
public static class PipelineJson
{
    /// <summary>For people: indented.</summary>
    public static JsonSerializerOptions Readable { get; } = Options(indented: true);

    /// <summary>For payloads: one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Options(indented: false);

    private static JsonSerializerOptions Options(bool indented) => new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(PipelineJsonTypes.Default, new DefaultJsonTypeInfoResolver()),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}

/// <summary>The documents that every run reads and writes: known when compiled, because finding them out at run time takes a run with nothing new a tenth of its time.</summary>
[JsonSerializable(typeof(IReadOnlyList<Kpi>))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class PipelineJsonTypes : JsonSerializerContext;
