using Cco.Pipeline.Extract;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>Looks at a source without landing anything: its first records, and what the staging models make of them.</summary>
public sealed class SourcePreview(SourceRegistry registry, SourceSweep sweep, RunContext context)
{
    /// <summary>Makes one call that needs the credentials.</summary>
    /// <exception cref="ExtractException">They do not work.</exception>
    public async Task TestAsync(string source, CancellationToken cancellationToken)
    {
        var opened = registry.Open(source, sweep.Tokens(source));
        using var open = opened as IDisposable;
        await opened.TestAsync(cancellationToken);
    }

    /// <summary>The first records of a stream: of its latest window that has any, where it has windows.</summary>
    /// <param name="source">The source.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="count">So many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ExtractException">There is no such stream, or the vendor does not give it.</exception>
    public async Task<IReadOnlyList<RawRecord>> RecordsAsync(string source, string stream, int count, CancellationToken cancellationToken)
    {
        var opened = registry.Open(source, sweep.Tokens(source));
        using var open = opened as IDisposable;
        var info = opened.Streams.FirstOrDefault(known => known.Name.Stream == stream)
            ?? throw new ExtractException($"{source} has no stream '{stream}'; there are {string.Join(", ", opened.Streams.Select(known => known.Name.Stream))}.");
        var found = new List<RawRecord>();
        foreach (var window in Windows(info, registry.SettingsOf(source).StartsAt))
        {
            await foreach (var page in opened.ReadAsync(info, new ReadPlace(window, null, null), cancellationToken))
            {
                found.AddRange(page.Page.Records.Take(count - found.Count));
                if (found.Count == count)
                {
                    return found;
                }
            }

            if (found.Count > 0)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>What each staging model of a stream makes of records: by the model's name, the rows as text, and what is wrong with them.</summary>
    public IReadOnlyList<StagedPreview> Staged(StreamName stream, IReadOnlyList<RawRecord> records)
    {
        var catalog = CatalogReader.Read(context.Transform);
        var models = catalog.Models.Values.Where(model => model.Layer == Layer.Staging && model.Stream == stream).ToList();
        using var engine = Engine.Open(context.Transform);
        engine.SetVariables(context.Kpis.Variables(context.Kpis.Today(context.Time)));
        using var session = engine.Session();
        catalog.Define(session);
        session.Execute(StageSql.RecordsView(stream, records));
        return [.. models.Select(model => Staged(session, model))];
    }

    private static StagedPreview Staged(EngineSession session, Model model)
    {
        var typed = StageSql.Typed(model, model.Contract!, session.Describe(model.Text));
        var columns = model.Contract!.Columns.Select(column => column.Name).ToList();
        var rows = session.Query(
            $"select {string.Join(", ", columns.Select(column => $"{Sql.Name(column)}::varchar"))}, array_to_string([wrong.\"column\" || ' ' || wrong.reason for wrong in rejection], '; ') from ({typed}) as typed where rejection is not null or not {ContractSql.SaysNothing(model.Contract!, "typed")}",
            reader => (IReadOnlyList<string?>)[.. Enumerable.Range(0, columns.Count + 1).Select(place => reader.IsDBNull(place) ? null : reader.GetString(place))]);
        var shown = Enumerable.Range(0, columns.Count).Where(place => rows.Any(row => row[place] is not null)).ToList();
        return new StagedPreview(
            model.Name, [.. shown.Select(place => columns[place])], [.. rows.Select(row => (IReadOnlyList<string?>)[.. shown.Select(place => row[place])])], [.. rows.Select(row => row[^1])]);
    }

    /// <summary>Backwards from now, each longer than the one before, to the first day that is read.</summary>
    private IEnumerable<Window?> Windows(StreamInfo stream, DateTimeOffset first)
    {
        var now = context.Time.GetUtcNow();
        if (stream.Mode != StreamMode.Windows)
        {
            yield return stream.Mode == StreamMode.Cursor ? new Window(first, now) : null;
            yield break;
        }

        var (to, length) = (now, TimeSpan.FromDays(1));
        while (to > first)
        {
            var from = to - length > first ? to - length : first;
            yield return new Window(from, to);
            (to, length) = (from, TimeSpan.FromTicks(Math.Min(2 * length.Ticks, stream.Windows.Longest.Ticks)));
        }
    }
}

/// <summary>What a staging model makes of some records.</summary>
/// <param name="Model">The model.</param>
/// <param name="Columns">The columns that have a value in any of them.</param>
/// <param name="Rows">The values, as text.</param>
/// <param name="Problems">What is wrong with each row; null where nothing is.</param>
public sealed record StagedPreview(string Model, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, IReadOnlyList<string?> Problems);
