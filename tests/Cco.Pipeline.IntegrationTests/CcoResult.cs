using System.Text.Json;

namespace Cco.Pipeline.IntegrationTests;

/// <summary>How a call of the program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed on the error output.</param>
internal sealed record CcoResult(int Code, string Output, string Errors)
{
    /// <summary>What it printed, wherever.</summary>
    public string Everything => Output + Errors;

    /// <summary>The lines it printed.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one JSON document it printed.</summary>
    public T Json<T>() => JsonSerializer.Deserialize<T>(Output, PipelineJson.Readable)
        ?? throw new InvalidOperationException($"There is no JSON in: {Output}");

    /// <summary>The one JSON document it printed.</summary>
    public JsonElement Json() => Json<JsonElement>();
}
