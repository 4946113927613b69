using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cco.Pipeline.Tests.Api;

public sealed partial class OpenApiTests : IDisposable
{
    private readonly ApiWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task It_names_every_route_and_nothing_else()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        Assert.Equal(
            world.Api.Routes.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal),
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_it_refers_to_is_in_it()
    {
        var document = await DocumentAsync();

        var references = Reference().Matches(document.GetRawText()).Select(match => match.Groups["path"].Value).Distinct().ToList();

        Assert.Contains("/components/schemas/BackfillReport", references);
        Assert.All(references, reference =>
        {
            var place = document;
            foreach (var name in reference.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.True(place.TryGetProperty(name, out place), reference);
            }
        });
    }

    /// <summary>The answer to a started backfill has the members that its schema names, and no other.</summary>
    [Fact]
    public async Task An_answer_is_as_it_says()
    {
        var started = ApiWorld.Json(await world.SendAsync("POST", "/backfills", """{"source":"shop","from":"2026-01","to":"2026-01"}"""));
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        Assert.Subset(Members(schemas.GetProperty("BackfillReport")), started.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["source", "from", "to"], schemas.GetProperty("BackfillBody").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Each_operation_has_a_name_of_its_own_and_says_what_problems_look_like()
    {
        var operations = (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();

        Assert.Equal(operations.Count, operations.Select(operation => operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation => Assert.True(operation.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _)));
    }

    private static HashSet<string> Members(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);

    private async Task<JsonElement> DocumentAsync()
    {
        var document = ApiWorld.Json(await world.GetAsync("/openapi.json"));
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        return document;
    }

    [GeneratedRegex(@"""\$ref"": ?""#(?<path>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
