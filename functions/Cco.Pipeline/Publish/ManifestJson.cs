using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cco.Pipeline.Publish;

/// <summary>How manifests are written.</summary>
internal static class ManifestJson
{
    /// <summary>For people.</summary>
    public static JsonSerializerOptions Readable { get; } = PipelineJson.Of(ManifestTypes.Default, indented: true);
}

/// <summary>The types in manifests.</summary>
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestTypes : JsonSerializerContext;
