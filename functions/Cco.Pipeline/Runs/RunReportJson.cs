using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cco.Pipeline.Runs;

/// <summary>How reports are written: the one document that every run reads and writes.</summary>
internal static class RunReportJson
{
    /// <summary>For people.</summary>
    public static JsonSerializerOptions Readable { get; } = PipelineJson.Of(RunReportTypes.Default, indented: true);

    /// <summary>For the payload of the report's own stream.</summary>
    public static JsonSerializerOptions Compact { get; } = PipelineJson.Of(RunReportTypes.Default, indented: false);
}

/// <summary>The types in reports.</summary>
[JsonSerializable(typeof(RunReport))]
internal sealed partial class RunReportTypes : JsonSerializerContext;
