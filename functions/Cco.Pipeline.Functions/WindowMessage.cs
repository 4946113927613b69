using System.Text.Json;

namespace Cco.Pipeline.Functions;

/// <summary>What the queue says: that a window of a backfill waits.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Window">The number of the window.</param>
internal sealed record WindowMessage(string Backfill, int Window)
{
    /// <summary>The name of the queue.</summary>
    public const string Queue = "backfill-windows";

    /// <summary>The name of the queue that the host moves a message to which it could not get done.</summary>
    public const string GivenUp = Queue + "-poison";

    /// <summary>The setting that says how to reach the account of the queue.</summary>
    public const string Connection = "AzureWebJobsStorage";

    private const int ShownCharacters = 200;

    /// <summary>Reads a message.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static WindowMessage Parse(string text)
    {
        try
        {
            var message = JsonSerializer.Deserialize<WindowMessage>(text, PipelineJson.Compact);
            return message is { Backfill.Length: > 0 } ? message : throw new JsonException("It names no backfill.");
        }
        catch (JsonException exception)
        {
            throw new JsonException($"A message names no window of a backfill, and does nothing: '{text[..Math.Min(text.Length, ShownCharacters)]}'. Delete it; windows whose messages are missing are told of again.", exception);
        }
    }

    /// <summary>The message as text.</summary>
    public string Text() => JsonSerializer.Serialize(this, PipelineJson.Compact);
}
