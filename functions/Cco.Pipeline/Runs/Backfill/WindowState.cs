using System.Text.Json;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>How it stands with a window of a backfill that somebody has begun.</summary>
public enum WindowStatus
{
    /// <summary>It has been begun. Where its worker died, another one goes on.</summary>
    Begun,

    /// <summary>It has been read.</summary>
    Done,

    /// <summary>It could not be read; it is tried again when someone asks for it.</summary>
    Failed,
}

/// <summary>What has become of a window. Whoever works on it holds its lease; the document changes under the tag that was read.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Attempts">Times that it was begun.</param>
/// <param name="Worker">Who began it last.</param>
/// <param name="BegunAt">When that was, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null where it has not.</param>
/// <param name="Receipt">What its last attempt read; null where that has not ended.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record WindowState(
    WindowStatus Status, int Attempts, string Worker, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, StreamReceipt? Receipt, string? Error)
{
    /// <summary>Whether it needs no more work unless someone asks for it.</summary>
    internal bool IsEnded => Status is WindowStatus.Done or WindowStatus.Failed;

    internal byte[] Text() => JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Readable);

    internal static WindowState Parse(LakeDocument document) => JsonSerializer.Deserialize<WindowState>(document.Content.Span, PipelineJson.Readable)!;
}
