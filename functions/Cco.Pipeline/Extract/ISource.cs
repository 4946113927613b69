namespace Cco.Pipeline.Extract;

/// <summary>A system of record. It only fetches: landing and typing are other people's work.</summary>
public interface ISource
{
    /// <summary>The name that its raw data is kept under.</summary>
    string Name { get; }

    /// <summary>What it is for.</summary>
    SourceKind Kind { get; }

    /// <summary>What can be read.</summary>
    IReadOnlyList<StreamInfo> Streams { get; }

    /// <summary>What it asked of the vendor so far.</summary>
    SourceTraffic Traffic { get; }

    /// <summary>Reads a stream, page by page.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="place">Where to begin and end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExtractException">The vendor did not give what its documentation says; pages given before count.</exception>
    /// <exception cref="WindowTooLargeException">There is more in the window than the vendor gives to one question.</exception>
    IAsyncEnumerable<SourcePage> ReadAsync(StreamInfo stream, ReadPlace place, CancellationToken cancellationToken);

    /// <summary>Makes one call that needs the credentials.</summary>
    /// <exception cref="ExtractException">They do not work; the message says what is missing.</exception>
    Task TestAsync(CancellationToken cancellationToken);
}

/// <summary>One kind of record of a source.</summary>
/// <param name="Name">Source and stream, as its raw data is named.</param>
/// <param name="Description">What one record is.</param>
/// <param name="Mode">How it is read from run to run.</param>
/// <param name="DetectsDeletions">What is not in a full reading any more was deleted.</param>
/// <param name="Windows">How spans of time are cut, for <see cref="StreamMode.Windows"/>.</param>
public sealed record StreamInfo(StreamName Name, string Description, StreamMode Mode, bool DetectsDeletions, WindowPlan Windows);

/// <summary>How spans of time are cut.</summary>
/// <param name="Lookback">How far each run reaches back behind the last.</param>
/// <param name="Lag">How far it stays behind the clock.</param>
/// <param name="First">The first span.</param>
/// <param name="Longest">The longest span.</param>
/// <param name="Records">Records that a span should hold about.</param>
public sealed record WindowPlan(TimeSpan Lookback, TimeSpan Lag, TimeSpan First, TimeSpan Longest, int Records)
{
    /// <summary>For streams without windows.</summary>
    public static WindowPlan None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(1), 1);
}

/// <summary>Where a reading begins and ends.</summary>
/// <param name="Window">The span of time; null where everything is read.</param>
/// <param name="Resume">The token of the page after which an earlier reading ended; null: from the start.</param>
/// <param name="Kept">The vendor's token of an earlier run; null: none yet.</param>
public sealed record ReadPlace(Window? Window, string? Resume, string? Kept);

/// <summary>One answer of a vendor.</summary>
/// <param name="Page">Its records.</param>
/// <param name="Resume">The token that reading can go on with after this page; null where it cannot, or where it was the last.</param>
/// <param name="Kept">The vendor's token for the next run; null where it has none.</param>
public sealed record SourcePage(RawPage Page, string? Resume, string? Kept);

/// <summary>A vendor did not give what its documentation says. The message names the stream, the request and what to do, and no secret.</summary>
public sealed class ExtractException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is more in a window than the vendor gives to one question: ask for less.</summary>
public sealed class WindowTooLargeException(string message) : Exception(message);

/// <summary>The vendor does not know the place any more that reading was to go on from: begin again.</summary>
public sealed class PlaceLostException(string message) : Exception(message);
