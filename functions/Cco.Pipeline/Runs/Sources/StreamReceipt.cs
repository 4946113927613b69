namespace Cco.Pipeline.Runs;

/// <summary>What became of a stream in one run.</summary>
public enum StreamOutcome
{
    /// <summary>It was read up to now.</summary>
    Read,

    /// <summary>Reading ended with an error. What landed before it stays, and the next run goes on from there.</summary>
    Failed,

    /// <summary>Another run is reading it.</summary>
    Busy,
}

/// <summary>What became of one stream of a source in one run.</summary>
/// <param name="Source">The source.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Files">The raw files that landed.</param>
/// <param name="Rows">The records in them.</param>
/// <param name="Deleted">Of these, records that are gone.</param>
/// <param name="Rejected">Rows that went to quarantine.</param>
/// <param name="Bytes">Bytes of the vendor's answers, decompressed.</param>
/// <param name="Requests">Requests that were made, retries among them.</param>
/// <param name="Retries">Requests made again after a failure.</param>
/// <param name="WaitedSeconds">Time waited because the vendor asked for it, or after a failure.</param>
/// <param name="DurationSeconds">Time in all.</param>
/// <param name="Watermark">What changed before it has been read; null where the stream has no times of change.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record StreamReceipt(
    string Source,
    string Stream,
    StreamOutcome Outcome,
    int Files,
    long Rows,
    long Deleted,
    long Rejected,
    long Bytes,
    long Requests,
    long Retries,
    double WaitedSeconds,
    double DurationSeconds,
    DateTimeOffset? Watermark,
    string? Error)
{
    /// <summary>The receipt of a stream of which nothing was asked.</summary>
    internal static StreamReceipt Failed(StreamName stream, string error) => new(stream.Source, stream.Stream, StreamOutcome.Failed, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, error);
}
