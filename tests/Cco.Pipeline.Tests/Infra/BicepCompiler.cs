using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Cco.Pipeline.Tests.Infra;

/// <summary>The compiler of <c>infra/</c>, offline: no module of it comes from a registry.</summary>
internal static class BicepCompiler
{
    private static readonly string? Program = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(metadata => metadata.Key == "BicepCompiler")?.Value;

    private static readonly ConcurrentDictionary<string, Lazy<Task<(string Made, string Said)>>> Compiled = new(StringComparer.Ordinal);

    /// <summary>What the compiler has to say to a template, or a file of parameters with its template: errors, warnings and what the linter thinks.</summary>
    public static async Task<string> SaidAsync(string file) => (await CompileAsync(file)).Said;

    /// <summary>The template that a file of parameters is for, as it is deployed.</summary>
    public static async Task<JsonElement> TemplateOfAsync(string parameters)
    {
        var (made, _) = await CompileAsync(parameters);
        using var all = JsonDocument.Parse(made);
        using var template = JsonDocument.Parse(all.RootElement.GetProperty("templateJson").GetString()!);
        return template.RootElement.Clone();
    }

    /// <summary>Every resource that a template deploys, those of its modules among them, each with the template that holds it.</summary>
    public static IEnumerable<(JsonElement Resource, JsonElement Template)> Resources(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        var all = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(resource => resource.Value);
        foreach (var resource in all.Where(resource => !(resource.TryGetProperty("existing", out var existing) && existing.GetBoolean())))
        {
            if (TypeOf(resource) != "Microsoft.Resources/deployments")
            {
                yield return (resource, template);
                continue;
            }

            foreach (var inner in Resources(resource.GetProperty("properties").GetProperty("template")))
            {
                yield return inner;
            }
        }
    }

    /// <summary>The type of a resource.</summary>
    public static string TypeOf(JsonElement resource) => resource.GetProperty("type").GetString()!;

    /// <summary>Compiles a file, which takes seconds, so once.</summary>
    private static Task<(string Made, string Said)> CompileAsync(string file)
    {
        Assert.SkipWhen(Program is null, "The compiler's package is there for Linux on x64 alone. This runs there: in CI, for one.");
        return Compiled.GetOrAdd(file, name => new(() => StartAsync(name))).Value;
    }

    private static async Task<(string Made, string Said)> StartAsync(string file)
    {
        var verb = file.EndsWith(".bicepparam", StringComparison.Ordinal) ? "build-params" : "build";
        var start = new ProcessStartInfo(Program!, [verb, Repository.Path(file), "--stdout"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CCO_ALERT_EMAIL"] = "owner@example.com" },
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var made = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (made, process.ExitCode == 0 ? await said : $"exit code {process.ExitCode}: {await said}");
    }
}
