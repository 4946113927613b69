using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Runs;

/// <summary>Cuts what is asked for into windows: a month each, or as many as the stream's own first window has; one for a stream that cannot be asked for a span.</summary>
internal sealed class BackfillPlan(SourceRegistry registry, TimeProvider time)
{
    /// <summary>Windows of one backfill at most.</summary>
    public const int MostWindows = 10_000;

    private const int DaysOfMonth = 30;

    /// <summary>The windows, stream by stream, each in the order of time.</summary>
    /// <exception cref="ArgumentException">It cannot be read as it is asked for; the message says what can.</exception>
    public IReadOnlyList<BackfillWindow> Windows(BackfillRequest request)
    {
        var streams = Streams(request);
        if (request.Replaces)
        {
            RefuseUnreplaceable(request, streams);
        }

        var windows = streams.SelectMany(stream => Of(stream, Midnight(request.From), Midnight(request.Until))).Take(MostWindows + 1)
            .Select((window, index) => window with { Number = index + 1 }).ToList();
        return windows.Count switch
        {
            0 => throw new ArgumentException($"There is nothing to read yet: {request.From:yyyy-MM-dd} has not passed.", nameof(request)),
            > MostWindows => throw new ArgumentException($"That is more than {MostWindows:N0} windows. Ask for fewer streams or a shorter span.", nameof(request)),
            _ => windows,
        };
    }

    private List<StreamInfo> Streams(BackfillRequest request)
    {
        var source = registry.Find(request.Source)
            ?? throw new ArgumentException($"There is no source '{request.Source}'; there are {string.Join(", ", registry.Names)}.", nameof(request));
        if (!source.IsConfigured)
        {
            throw new ArgumentException($"The source '{source.Name}' is not set up: `cco source add {source.Name}` does it.", nameof(request));
        }

        IReadOnlyList<string> asked = request.Streams.Count > 0 ? request.Streams : [.. registry.SettingsOf(source.Name).Streams];
        var unknown = asked.Except(source.Streams.Select(stream => stream.Name.Stream), StringComparer.Ordinal).ToList();
        return unknown.Count > 0
            ? throw new ArgumentException($"{source.Name} has no stream {string.Join(", ", unknown)}; it has {string.Join(", ", source.Streams.Select(stream => stream.Name.Stream))}.", nameof(request))
            : [.. source.Streams.Where(stream => asked.Count == 0 || asked.Contains(stream.Name.Stream))];
    }

    /// <summary>What is not there any more can be told of streams that are read whole, and of those whose records say which window they lie in.</summary>
    private void RefuseUnreplaceable(BackfillRequest request, List<StreamInfo> streams)
    {
        var refused = streams.Where(stream => !CanReplace(stream, registry.Describe(request.Source).Streams[stream.Name.Stream])).Select(stream => stream.Name.Stream).ToList();
        if (refused.Count > 0)
        {
            throw new ArgumentException(
                $"What {request.Source} has no more cannot be told of {string.Join(", ", refused)}: a reading does not hold all records of a span, or their descriptions have no incremental/field that says which span a record lies in. Name other streams, or do not replace.",
                nameof(request));
        }
    }

    private static bool CanReplace(StreamInfo stream, StreamDescription described) => stream.Mode switch
    {
        StreamMode.Full => stream.DetectsDeletions,
        StreamMode.Windows => described.Incremental!.Field is not null,
        _ => false,
    };

    private IEnumerable<BackfillWindow> Of(StreamInfo stream, DateTimeOffset from, DateTimeOffset until)
    {
        var name = stream.Name.Stream;
        var now = time.GetUtcNow() - stream.Windows.Lag;
        if (from >= now)
        {
            yield break;
        }

        if (stream.Mode != StreamMode.Windows)
        {
            yield return new BackfillWindow(0, name, stream.Mode == StreamMode.Full ? null : from, null);
            yield break;
        }

        var end = until < now ? until : now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var months = Math.Clamp((int)(stream.Windows.First.TotalDays / DaysOfMonth), 1, 12 * 1000);
        while (from < end)
        {
            var next = Later(from, months) is { } later && later < end ? later : end;
            yield return new BackfillWindow(0, name, from, next);
            from = next;
        }
    }

    /// <summary>The first of the month so many months later; null beyond the calendar.</summary>
    private static DateTimeOffset? Later(DateTimeOffset from, int months) =>
        from.Year + (months / 12) + 1 < DateTimeOffset.MaxValue.Year ? new DateTimeOffset(from.Year, from.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(months) : null;

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
