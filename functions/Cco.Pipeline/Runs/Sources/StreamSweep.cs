using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Reads one stream and lands it. The place that has been reached lands with each raw file, in the same moment, so that a run which
/// is ended at any point is gone on with as if it had not been.
/// </summary>
internal sealed class StreamSweep(ISource source, StreamInfo stream, DateTimeOffset start, SweepPlace place, SweepContext context)
{
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);

    private readonly ILake lake = context.Lake;
    private StreamState state = StreamState.None;
    private string? tag;

    /// <summary>What landed so far.</summary>
    public SweepCount Count { get; } = new();

    /// <summary>The place that has been reached.</summary>
    public StreamState State => state;

    /// <summary>Reads up to now.</summary>
    /// <exception cref="ExtractException">The vendor did not give what it should; what landed before counts.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await FindPlaceAsync(cancellationToken);
        switch (stream.Mode)
        {
            case StreamMode.Windows:
                var until = context.Run.Time.GetUtcNow() - stream.Windows.Lag;
                var from = state is { Watermark: { } watermark, ReadAt: { } readAt } ? Later(Earlier(watermark, readAt - stream.Windows.Lookback), start) : start;
                await ReadWindowsAsync(from, until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond)), cancellationToken);
                break;
            case StreamMode.Cursor:
                await ReadOnAsync(cancellationToken);
                break;
            default:
                await ReadWholeAsync(cancellationToken);
                break;
        }
    }

    /// <summary>Reads once what there is from the start to an instant, all of it where the stream cannot be asked for a span; nothing more where that has been done.</summary>
    /// <exception cref="ExtractException">The vendor did not give what it should; what landed before counts, and the next call goes on from there.</exception>
    public async Task ReadOnceAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await FindPlaceAsync(cancellationToken);
        if (stream.Mode == StreamMode.Windows)
        {
            state = state with { Span = state.Span ?? (until - start < stream.Windows.Longest ? until - start : stream.Windows.Longest) };
            await ReadWindowsAsync(state.Watermark ?? start, until, cancellationToken);
        }
        else if (state.Watermark is null && stream.Mode == StreamMode.Cursor)
        {
            await ReadOnAsync(cancellationToken);
        }
        else if (state.Watermark is null || state.Unsettled is not null)
        {
            await ReadWholeAsync(cancellationToken);
        }
    }

    /// <summary>Lands tombstones of records that the reading did not find.</summary>
    public Task LandGoneAsync(IAsyncEnumerable<RawPage> tombstones, CancellationToken cancellationToken) =>
        LandAsync(tombstones, () => state with { Sequence = state.Sequence + 1 }, cancellationToken);

    /// <summary>The latest place: that of the document, or of a raw file that landed after it was written.</summary>
    private async Task FindPlaceAsync(CancellationToken cancellationToken)
    {
        if (await lake.ReadAsync(place.Document, cancellationToken) is { } document)
        {
            (state, tag) = (StreamState.Parse(document.Content.Span), document.Tag);
        }

        var landed = await CountedFile.ListAsync(lake, RawPath.FolderOf(stream.Name), cancellationToken)
            .Where(file => place.Sequence(file.Path) > state.Sequence)
            .ToListAsync(cancellationToken);
        if (landed.MaxBy(file => place.Sequence(file.Path)) is { } last)
        {
            await using var file = await lake.OpenReadAsync(last.Path, cancellationToken);
            state = StreamState.Parse(System.Text.Encoding.UTF8.GetBytes(
                await RawFooter.PlaceAsync(file, cancellationToken) ?? throw new ExtractException($"{last.Path} does not say how far its stream has been read. Move it out of the lake's raw/ folder.")));
            await KeepAsync(cancellationToken);
        }
    }

    private async Task ReadWindowsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var resume = state.Open;
        while (from < until || resume is not null)
        {
            var window = resume is { From: { } first, To: { } last } ? new Window(first, last) : new Window(from, Earlier(from + Span, until));
            context.Progress.WindowBegan(stream.Name, window, until);
            try
            {
                var began = context.Run.Time.GetUtcNow();
                var rows = await ReadAsync(
                    window, resume, kept: null, reached => reached with { Watermark = Later(state.Watermark ?? window.To, window.To), ReadAt = began }, cancellationToken);
                Adapt(window, rows);
            }
            catch (WindowTooLargeException)
            {
                state = state with { Span = TimeSpan.FromTicks(Math.Max(window.Length.Ticks / 2, ShortestSpan.Ticks)), Open = null };
                resume = null;
                continue;
            }
            catch (PlaceLostException) when (resume is not null)
            {
                state = state with { Open = null };
                (from, resume) = (window.From, null);
                continue;
            }

            (from, resume) = (window.To, null);
        }
    }

    /// <summary>Goes on with the vendor's own token; reads everything where there is none, or where the vendor does not know it any more.</summary>
    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var began = context.Run.Time.GetUtcNow();
            var window = state.Kept is null ? new Window(start, Later(began, start.AddSeconds(1))) : null;
            try
            {
                await ReadAsync(window, state.Open, state.Kept, reached => reached with { Watermark = began }, cancellationToken);
                return;
            }
            catch (PlaceLostException) when (state.Open is not null || state.Kept is not null)
            {
                state = state.Open is not null ? state with { Open = null } : state with { Kept = null };
            }
        }
    }

    private async Task ReadWholeAsync(CancellationToken cancellationToken)
    {
        if (state.Unsettled is null)
        {
            try
            {
                await ReadAllAsync(cancellationToken);
            }
            catch (PlaceLostException) when (state.Open is not null)
            {
                state = state with { Open = null };
                await ReadAllAsync(cancellationToken);
            }
        }

        await SettleAsync(state.Unsettled!, cancellationToken);
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        var began = context.Run.Time.GetUtcNow();
        var first = state.Open?.First ?? state.Sequence + 1;
        await ReadAsync(
            null, state.Open, null, reached => reached with { Watermark = began, Unsettled = new WholeReading(first, reached.Sequence, began) }, cancellationToken);
    }

    /// <summary>Lands tombstones for what a whole reading has no more.</summary>
    private async Task SettleAsync(WholeReading whole, CancellationToken cancellationToken)
    {
        var settled = state with { Whole = whole, Unsettled = null };
        if (stream.DetectsDeletions && state.Whole is { } before)
        {
            using var gone = await VanishedRecords.FindAsync(lake, context.Run.Transform, stream.Name, before, whole, cancellationToken);
            if (gone.Count > 0)
            {
                await LandAsync(gone.Tombstones(whole.At), () => settled with { Sequence = settled.Sequence + 1 }, cancellationToken);
                return;
            }
        }

        state = settled;
        await KeepAsync(cancellationToken);
    }

    /// <summary>Reads from a place to its end and lands it, in files after which reading can go on.</summary>
    /// <returns>The records.</returns>
    private async Task<long> ReadAsync(Window? window, OpenReading? open, string? kept, Func<StreamState, StreamState> finished, CancellationToken cancellationToken)
    {
        var first = open?.First ?? state.Sequence + 1;
        var before = Count.Rows;
        var asked = new ReadPlace(window, open?.Resume, open is null ? kept : null);
        await using var pages = new PagesAhead(token => source.ReadAsync(stream, asked, token), cancellationToken);
        var chunk = new Chunk(pages, context.Options.FileRecords);
        do
        {
            await LandAsync(chunk.PagesAsync(cancellationToken), Reached, cancellationToken);
            chunk.ThrowIfFailed();
        }
        while (!chunk.IsEnd);
        return Count.Rows - before;

        StreamState Reached()
        {
            var reached = state with { Sequence = state.Sequence + 1, Kept = chunk.Kept ?? state.Kept };
            return chunk.IsEnd
                ? finished(reached with { Open = null })
                : reached with { Kept = state.Kept, Open = new OpenReading(window?.From, window?.To, chunk.Resume!, first) };
        }
    }

    private async Task LandAsync(IAsyncEnumerable<RawPage> pages, Func<StreamState> reached, CancellationToken cancellationToken)
    {
        var part = place.Part(state.Sequence + 1);
        var next = state;
        var landed = await context.Lander.LandAsync(stream.Name, context.Id, part, source.Name, Counted(pages, cancellationToken), () => (next = reached()).Text(), cancellationToken);
        state = next;
        Count.Landed(landed);
        context.Progress.FileLanded(stream.Name, landed);
        await KeepAsync(cancellationToken);
    }

    private async IAsyncEnumerable<RawPage> Counted(IAsyncEnumerable<RawPage> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0L;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            Count.Deleted += page.Records.Count(record => record.IsDeleted);
            context.Progress.PageRead(stream.Name, page.Records.Count);
            yield return page with { Records = [.. page.Records.Select(record => record with { Position = ++position })] };
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken) =>
        tag = await lake.ReplaceAsync(place.Document, System.Text.Encoding.UTF8.GetBytes(state.Text()), tag, cancellationToken);

    private TimeSpan Span => state.Span ?? stream.Windows.First;

    /// <summary>The next window is to hold about as many records as windows should.</summary>
    private void Adapt(Window window, long rows)
    {
        var factor = rows == 0 ? 4 : Math.Clamp(stream.Windows.Records / (double)rows, 0.25, 4);
        var span = TimeSpan.FromTicks((long)Math.Min(window.Length.Ticks * factor, stream.Windows.Longest.Ticks));
        state = state with { Span = span < ShortestSpan ? ShortestSpan : TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)) };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>
    /// The pages of one raw file: as many as it should hold, and more where reading cannot go on after them. A failure ends it early: what came
    /// before lands first, where reading can go on after it.
    /// </summary>
    private sealed class Chunk(PagesAhead pages, int records)
    {
        private ExceptionDispatchInfo? failure;

        public bool IsEnd { get; private set; }

        public string? Resume { get; private set; }

        public string? Kept { get; private set; }

        public void ThrowIfFailed() => failure?.Throw();

        public async IAsyncEnumerable<RawPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var count = 0;
            while (true)
            {
                if (await NextAsync(canFail: count > 0 && Resume is not null, cancellationToken) is not { } page)
                {
                    IsEnd = failure is null;
                    yield break;
                }

                (Resume, Kept) = (page.Resume, page.Kept ?? Kept);
                count += page.Page.Records.Count;
                yield return page.Page;
                if (Resume is not null && count >= records)
                {
                    yield break;
                }
            }
        }

        private async ValueTask<SourcePage?> NextAsync(bool canFail, CancellationToken cancellationToken)
        {
            try
            {
                return await pages.NextAsync(cancellationToken);
            }
            catch (ExtractException exception) when (canFail)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                return null;
            }
        }
    }
}

/// <summary>What a stream's reading landed.</summary>
internal sealed class SweepCount
{
    public int Files { get; private set; }

    public long Rows { get; private set; }

    public long Deleted { get; set; }

    public long Rejected { get; private set; }

    public void Landed(LandedFile file)
    {
        Files++;
        Rows += file.Rows;
        Rejected += file.Rejected;
    }
}

/// <summary>What every stream's reading has around it.</summary>
/// <param name="Lake">Where records land.</param>
/// <param name="Lander">Lands them.</param>
/// <param name="Id">The run.</param>
/// <param name="Run">The engine's settings and the clock.</param>
/// <param name="Options">How much one file holds.</param>
/// <param name="Progress">Hears how it goes on.</param>
internal sealed record SweepContext(ILake Lake, Lander Lander, RunId Id, RunContext Run, ExtractOptions Options, IRunProgress Progress);
