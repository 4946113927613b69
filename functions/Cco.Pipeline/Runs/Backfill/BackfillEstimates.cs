using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Estimates what windows will take: as much for a day of the vendor's time as in the largest reading of the stream that is published.</summary>
internal sealed class BackfillEstimates(ILake lake, SourceRegistry registry, TransformOptions options)
{
    private const string Loads = "fct_stream_load";

    /// <summary>Estimates windows of a source.</summary>
    public async Task<BackfillEstimate> OfAsync(string source, DateTimeOffset now, IReadOnlyList<BackfillWindow> windows, CancellationToken cancellationToken)
    {
        var loads = await LoadsAsync(source, cancellationToken);
        var settings = registry.SettingsOf(source);
        var pace = 1 / (settings.RequestsPerSecond ?? registry.Describe(source).Limits.RequestsPerSecond);
        var (calls, seconds, unmeasured) = (0L, 0.0, new List<string>());
        foreach (var stream in windows.GroupBy(window => window.Stream, StringComparer.Ordinal))
        {
            var load = loads.GetValueOrDefault(stream.Key);
            var asked = load is null ? stream.Count() : stream.Sum(window => Calls(window, load, settings.StartsAt, now));
            calls += asked;
            seconds += asked * Math.Max(pace, load is null ? 0 : load.Seconds / load.Requests);
            if (load is null)
            {
                unmeasured.Add(stream.Key);
            }
        }

        return new BackfillEstimate(calls, Math.Round(seconds / 60, 1), unmeasured);
    }

    private static long Calls(BackfillWindow window, Load load, DateTimeOffset start, DateTimeOffset now)
    {
        var share = window.From is { } from && load.ReadUntil > start ? ((window.Until ?? now) - from) / (load.ReadUntil - start) : 1;
        return Math.Max(1, (long)Math.Ceiling(load.Requests * share));
    }

    private async Task<IReadOnlyDictionary<string, Load>> LoadsAsync(string source, CancellationToken cancellationToken)
    {
        if ((await Manifest.ReadAsync(lake, cancellationToken))?.Tables.FirstOrDefault(table => table.Name == Loads) is not { } mart)
        {
            return new Dictionary<string, Load>(StringComparer.Ordinal);
        }

        using var engine = Engine.Open(options);
        using var session = engine.Session();
        return session.Query(
            $"""
            select stream, request_count, duration_seconds, coalesce(read_until, started.epoch)
            from {Sql.Parquet([await lake.LocalAsync(new LakePath(mart.Path), cancellationToken)])}
            cross join (select timestamp '1970-01-01' as epoch) as started
            where stream_source = {Sql.Text(source)} and outcome = 'read' and request_count > 0
            qualify row_number() over (partition by stream order by landed_row_count desc, run_id) = 1
            """,
            reader => (Stream: reader.GetString(0), Load: new Load(reader.GetInt64(1), reader.GetDouble(2), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(3), DateTimeKind.Utc)))),
            cancellationToken).ToDictionary(load => load.Stream, load => load.Load, StringComparer.Ordinal);
    }

    /// <summary>What a reading took.</summary>
    private sealed record Load(long Requests, double Seconds, DateTimeOffset ReadUntil);
}
