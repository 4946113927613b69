using System.Text;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Forgets persons and customers: pseudonyms take the place of what tells who they are, in all that landed, and everything that was made of
/// it is made anew or goes. Their records stay, so that the numbers do. What is delivered of them later is known by keyed hashes and lands
/// under the same pseudonyms. It may be ended at any point; asked again for the same, it goes on.
/// </summary>
public sealed class Forgetting(ILake lake, Transformer transformer, PipelineRun run, PrivacyOptions privacy, RunContext context)
{
    private static readonly LakePath State = new("state");
    private static readonly LakePath[] Made = [new("stage"), new("models"), new("marts"), RunReport.Folder, State];
    private static readonly LakePath[] Dropped = [LandingSweep.Landing, LandingSweep.Done, LandingSweep.Failed];
    private static readonly LakePath[] Landed = [RawPath.Root, RawPath.Quarantine];

    private KeyedHash Hash => new(privacy.Secret ?? throw new InvalidDataException(
        "Whoever is forgotten is known later by keyed hashes: give the setting Privacy:Secret a key of 32 characters or more, and keep it."));

    /// <summary>Finds what the lake has of them; changes nothing.</summary>
    /// <exception cref="InvalidDataException">The settings have no key for the hashes.</exception>
    public async Task<ForgetPlan> PlanAsync(ForgetRequest request, CancellationToken cancellationToken)
    {
        using var engine = Engine.Open(context.Transform);
        var whole = await WithAddressesAsync(request, engine, cancellationToken);
        return ForgetPlan.Of(whole, await FindAsync(engine, new Sought(whole, Hash), cancellationToken));
    }

    /// <summary>Forgets them.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="by">Who asks, for the record of it.</param>
    /// <param name="progress">Hears how the marts are made anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The record of it.</returns>
    /// <exception cref="IOException">Something of them is where it cannot be taken from; what to do is said.</exception>
    /// <exception cref="LakeLeasedException">A run builds on this lake.</exception>
    public async Task<Erasure> ForgetAsync(ForgetRequest request, string by, IRunProgress progress, CancellationToken cancellationToken)
    {
        Sought sought;
        Erasure erasure;
        await using (await PipelineRun.LeaseAsync(lake, "cco forget", cancellationToken))
        {
            using var engine = Engine.Open(context.Transform);
            var plan = await PlanAsync(request, cancellationToken);
            Refuse(plan);
            sought = new Sought(new ForgetRequest(plan.Emails, plan.Customers), Hash);
            erasure = await RecordAsync(sought, plan, by, cancellationToken);
            await EraseAsync(engine, sought, plan, erasure, cancellationToken);
            await Publisher.RenewAsync(lake, cancellationToken);
        }

        if (await Manifest.ReadAsync(lake, cancellationToken) is { } published)
        {
            var report = await run.RunAsync(new RunRequest(published.AsOf, RunStage.Publish), progress, cancellationToken);
            if (report.Status != RunStatus.Succeeded)
            {
                throw new IOException($"What landed names them no more, but the marts could not be made anew, and the old ones may: {report.Error} Put that right and ask again.");
            }
        }

        return await CompleteAsync(sought, erasure, cancellationToken);
    }

    /// <summary>What waits would land after it, and what a reading goes on from is not ours to change.</summary>
    private static void Refuse(ForgetPlan plan)
    {
        if (plan.In(LandingSweep.Landing).FirstOrDefault() is { } waiting)
        {
            throw new IOException($"'{waiting}' waits and names them: take it in first with `cco run`, or delete it.");
        }

        if (plan.In(State).FirstOrDefault() is { } state)
        {
            throw new IOException($"'{state}' says that its stream is read on from a place that names them: let `cco run` read it to its end first.");
        }
    }

    /// <summary>The record as it was written by an attempt before, or a new one, which is not written yet.</summary>
    private async Task<Erasure> RecordAsync(Sought sought, ForgetPlan plan, string by, CancellationToken cancellationToken)
    {
        var known = await Eraser.ReadAsync(lake, privacy, cancellationToken);
        var id = sought.Ids.Concat(sought.Emails).First()[..16];
        var before = known.IsIdle ? null : (await Erasure.ReadAllAsync(lake, cancellationToken)).FirstOrDefault(erasure => erasure.Id == id);
        return new Erasure(
            id,
            before?.BegunAt ?? context.Time.GetUtcNow(),
            null,
            before?.By ?? by,
            [.. sought.Emails.Union(before?.Emails ?? []).Order(StringComparer.Ordinal)],
            [.. sought.Ids.Union(before?.Ids ?? []).Order(StringComparer.Ordinal)],
            Hash.Check,
            before?.CompletedAt is null && before is not null ? before.Places : plan.Places);
    }

    /// <summary>Takes them out of all that landed: in one moment for those who build, however many files there are.</summary>
    private async Task EraseAsync(Engine engine, Sought sought, ForgetPlan plan, Erasure erasure, CancellationToken cancellationToken)
    {
        foreach (var path in Dropped.SelectMany(plan.In))
        {
            await lake.DeleteAsync(path, cancellationToken);
        }

        foreach (var path in plan.In(RunReport.Folder))
        {
            var report = (await lake.ReadAsync(path, cancellationToken))!;
            await lake.ReplaceAsync(path, Encoding.UTF8.GetBytes(sought.Eraser.Json(Encoding.UTF8.GetString(report.Content.Span), isIndented: true)), report.Tag, cancellationToken);
        }

        var records = new RecordErasure(lake, engine, sought);
        var found = plan.Files.Select(file => file.Path).ToHashSet();
        var written = new List<CountedFile>();
        foreach (var file in await CountedAsync(cancellationToken))
        {
            if (found.Contains(file.Path) && await records.WriteAsync(file, erasure.Id, cancellationToken) is { } other)
            {
                written.Add(other);
            }
        }

        await erasure.WriteAsync(lake, cancellationToken);
        var standIns = await StandIns.ReadAsync(lake, cancellationToken);
        standIns = written.Count > 0 ? await standIns.ReplaceAsync(lake, written, cancellationToken) : standIns;
        foreach (var file in standIns.Leftovers(await ListAsync(Landed, cancellationToken)))
        {
            await lake.DeleteAsync(file.Path, cancellationToken);
        }
    }

    /// <summary>Deletes all that was made before, and looks whether anything is left.</summary>
    private async Task<Erasure> CompleteAsync(Sought sought, Erasure erasure, CancellationToken cancellationToken)
    {
        await new LakeVacuum(lake, transformer, new RetentionOptions { KeepRuns = 1, KeepRunDays = 0 }, context).RunAsync(cancellationToken);
        await using var lease = await PipelineRun.LeaseAsync(lake, "cco forget", cancellationToken);
        using var engine = Engine.Open(context.Transform);
        var left = await FindAsync(engine, sought, cancellationToken);
        foreach (var file in left.Where(file => file.Path.Segments[0] is "stage" or "models"))
        {
            await lake.DeleteAsync(file.Path, cancellationToken);
        }

        if (left.FirstOrDefault(file => file.Path.Segments[0] is not ("stage" or "models")) is { } found)
        {
            throw new IOException($"'{found.Path}' still names them, or does so again, as it was written meanwhile: ask again.");
        }

        var completed = erasure with { CompletedAt = context.Time.GetUtcNow() };
        await completed.WriteAsync(lake, cancellationToken);
        return completed;
    }

    private async Task<IReadOnlyList<FoundFile>> FindAsync(Engine engine, Sought sought, CancellationToken cancellationToken)
    {
        var found = new List<FoundFile>();
        var records = new RecordErasure(lake, engine, sought);
        foreach (var file in await CountedAsync(cancellationToken))
        {
            if (await records.CountAsync(file, cancellationToken) is var count and > 0)
            {
                found.Add(new FoundFile(file.Path, count));
            }
        }

        var search = new LakeSearch(lake, engine, sought);
        foreach (var file in await ListAsync([.. Made, .. Dropped], cancellationToken))
        {
            if (await search.FindAsync(file.Path, cancellationToken) is { } one)
            {
                found.Add(one);
            }
        }

        return found;
    }

    /// <summary>The request with the addresses that stand beside the ids of its customers.</summary>
    private async Task<ForgetRequest> WithAddressesAsync(ForgetRequest request, Engine engine, CancellationToken cancellationToken)
    {
        if (request.Customers.Count == 0)
        {
            return request;
        }

        var customers = new Sought(new ForgetRequest([], request.Customers), Hash);
        var addresses = new HashSet<string>(request.Emails, StringComparer.OrdinalIgnoreCase);
        foreach (var file in await CountedAsync(cancellationToken))
        {
            using var session = engine.Session();
            session.Read(
                $"select payload from {Sql.Parquet([await lake.LocalAsync(file.Path, cancellationToken)])} where {customers.MayName("payload")}",
                reader =>
                {
                    while (reader.Read())
                    {
                        addresses.UnionWith(customers.Eraser.AddressesBeside(reader.GetString(0)).Where(address => !address.StartsWith(Eraser.Mark, StringComparison.Ordinal)));
                    }

                    return addresses.Count;
                },
                cancellationToken);
        }

        return new ForgetRequest([.. addresses.Order(StringComparer.Ordinal)], request.Customers);
    }

    private ValueTask<List<CountedFile>> CountedAsync(CancellationToken cancellationToken) =>
        Landed.ToAsyncEnumerable().SelectMany(folder => CountedFile.ListAsync(lake, folder, cancellationToken)).ToListAsync(cancellationToken);

    private ValueTask<List<LakeFile>> ListAsync(IReadOnlyList<LakePath> folders, CancellationToken cancellationToken) =>
        folders.ToAsyncEnumerable().SelectMany(folder => lake.ListAsync(folder, cancellationToken)).ToListAsync(cancellationToken);
}
