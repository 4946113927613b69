using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cco.Pipeline.Extract;

/// <summary>The JSON schema of source descriptions, for editors: made of the types that read them.</summary>
public static class SourceSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The schema, as text.</summary>
    public static string Text()
    {
        var schema = (JsonObject)Options.GetJsonSchemaAsNode(typeof(SourceDescription), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Type == typeof(SourceValue))
        {
            schema = Value();
        }
        else if (context.TypeInfo.Type == typeof(BodyValue))
        {
            schema = new JsonObject { ["type"] = new JsonArray("object", "array") };
        }
        else if (context.TypeInfo.Type == typeof(TimeSpan))
        {
            schema = new JsonObject { ["type"] = "string", ["pattern"] = @"^(\d+\.)?\d\d:\d\d:\d\d$", ["examples"] = new JsonArray("00:05:00", "30.00:00:00") };
        }

        var text = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault();
        if (text is not null && schema is JsonObject described)
        {
            described.Insert(0, "description", text.Description);
        }

        return schema;
    }

    private static JsonObject Value() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
            Named("setting"),
            Named("secret"),
            Named("parent"),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["window"] = new JsonObject { ["enum"] = new JsonArray("from", "to") },
                    ["format"] = new JsonObject { ["enum"] = new JsonArray("iso", "unix", "unix_milliseconds", "day") },
                },
                ["required"] = new JsonArray("window"),
                ["additionalProperties"] = false,
            }),
    };

    private static JsonObject Named(string kind) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [kind] = new JsonObject { ["type"] = "string" } },
        ["required"] = new JsonArray(kind),
        ["additionalProperties"] = false,
    };
}
