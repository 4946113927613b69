using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cco.Pipeline.Api;

/// <summary>The OpenAPI 3.1 document of the routes, made of the types that are sent and answered, so that it says what is so.</summary>
internal static class OpenApi
{
    private static readonly JsonSerializerOptions Types = new(PipelineJson.Compact)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The document.</summary>
    public static JsonObject Document(IReadOnlyList<ApiRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(route => route.Path, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(route => KeyValuePair.Create<string, JsonNode?>(route.Method.ToLowerInvariant(), Operation(route))));
        }

        var types = routes.SelectMany(route => new[] { route.Request, route.Response }).OfType<Type>().Select(type => Item(type) ?? type).Append(typeof(ApiProblem)).Distinct();
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Cco.Pipeline", ["version"] = typeof(OpenApi).Assembly.GetName().Version!.ToString(3) },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" } },
                ["schemas"] = new JsonObject(types.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, Types.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })))),
            },
        };
    }

    private static JsonObject Operation(ApiRoute route)
    {
        var operation = new JsonObject { ["operationId"] = route.Name, ["summary"] = route.Summary };
        if (route.Names.Any() || route.Query.Count > 0)
        {
            operation["parameters"] = new JsonArray([
                .. route.Names.Select(name => new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } }),
                .. route.Query.Select(query => new JsonObject { ["name"] = query.Name, ["in"] = "query", ["description"] = query.Description, ["schema"] = new JsonObject { ["type"] = "integer" } })]);
        }

        if (route.Request is { } request)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", request) };
        }

        var responses = new JsonObject { [$"{route.Status}"] = new JsonObject { ["description"] = "Done.", ["content"] = Content("application/json", route.Response) } };
        if (route.Method == "GET")
        {
            responses["304"] = new JsonObject { ["description"] = "What If-None-Match names is still so." };
        }

        foreach (var status in route.Problems.Concat([400, 401, 500, 503]).Distinct().Order())
        {
            responses[$"{status}"] = new JsonObject { ["description"] = "What went wrong.", ["content"] = Content(ApiProblem.MediaType, typeof(ApiProblem)) };
        }

        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Content(string mediaType, Type? type) => new() { [mediaType] = type is null ? new JsonObject() : new JsonObject { ["schema"] = Schema(type) } };

    private static JsonObject Schema(Type type) => Item(type) is { } item
        ? new JsonObject { ["type"] = "array", ["items"] = Schema(item) }
        : new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };

    /// <summary>What a list holds; null for what is no list.</summary>
    private static Type? Item(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
