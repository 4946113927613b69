using System.Runtime.CompilerServices;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Takes in what was dropped on <c>landing/</c>. A file's bytes land once, whatever it is called and however often it is dropped: the raw
/// file carries the name of its content. The dropped file is moved away last; one that names someone who was forgotten is not kept.
/// </summary>
public sealed class LandingSweep(ILake lake, FileReader reader, Lander lander, IntakeOptions options, TimeProvider time)
{
    /// <summary>The folder that files are dropped on, one folder a table in it.</summary>
    public static LakePath Landing { get; } = new("landing");

    /// <summary>The folder of files that landed.</summary>
    public static LakePath Done { get; } = new("landing-done");

    /// <summary>The folder of files that could not be read, each with its reason beside it.</summary>
    public static LakePath Failed { get; } = new("landing-failed");

    /// <summary>Takes in every file that waits and has settled. A file that cannot be read is set aside and stops no other.</summary>
    public async Task<IReadOnlyList<FileReceipt>> SweepAsync(
        RunId run, IReadOnlyDictionary<string, LandingTable> tables, IRunProgress progress, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(cancellationToken).ToListAsync(cancellationToken);
        progress.FilesFound(waiting.Count);
        var receipts = new List<FileReceipt>();
        foreach (var file in waiting)
        {
            if (await TakeInAsync(run, file, tables, cancellationToken) is { } receipt)
            {
                receipts.Add(receipt);
                progress.FileDone(receipt);
            }
        }

        return receipts;
    }

    /// <summary>Takes in one file; null where it is gone, someone else has it in hand, or it is still being written. May be called again for the same file.</summary>
    public async Task<FileReceipt?> TakeInAsync(
        RunId run, LakeFile file, IReadOnlyDictionary<string, LandingTable> tables, CancellationToken cancellationToken)
    {
        try
        {
            // Names of leases stay, and names of files may be those of persons.
            await using var turn = await lake.LeaseAsync(new LakePath($"leases/landing/{Fingerprint.Of([file.Path.Value])}"), $"run {run}", cancellationToken);
            return await lake.ExistsAsync(file.Path, cancellationToken) ? await ReadAsync(run, file, tables, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is LakeLeasedException or StillWrittenException)
        {
            return null;
        }
    }

    /// <summary>Whether any file waits that has settled.</summary>
    public async Task<bool> IsWaitingAsync(CancellationToken cancellationToken) => await Waiting(cancellationToken).AnyAsync(cancellationToken);

    private IAsyncEnumerable<LakeFile> Waiting(CancellationToken cancellationToken)
    {
        var settled = time.GetUtcNow() - options.SettleTime;
        return lake.ListAsync(Landing, cancellationToken).Where(file => IsDropped(file.Path) && (options.SettleTime == TimeSpan.Zero || file.ModifiedAt <= settled));
    }

    private static bool IsDropped(LakePath path) => path.Segments.Count > 2 && !path.Name.StartsWith('.') && !path.Name.EndsWith(".uploading", StringComparison.Ordinal);

    private async Task<FileReceipt> ReadAsync(
        RunId run, LakeFile file, IReadOnlyDictionary<string, LandingTable> tables, CancellationToken cancellationToken)
    {
        var name = file.Path.Segments[1];
        var receipt = new FileReceipt(file.Path.Name, name, null, FileOutcome.Failed, 0, 0, file.Length, null, null, null, null, null);
        try
        {
            var table = tables.GetValueOrDefault(name) ?? throw new UnreadableFileException(
                $"There is no table '{name}'. Drop the file for one of: {string.Join(", ", tables.Keys.Order(StringComparer.Ordinal))}; or declare it in landing/{name}.yaml.");
            receipt = await LandAsync(run, file, table, receipt, cancellationToken);
            await (receipt.HoldsForgotten ? lake.DeleteAsync(file.Path, cancellationToken) : MoveAsync(file.Path, Done, run, cancellationToken));
            return receipt;
        }
        catch (Exception exception) when (exception is UnreadableFileException or FileNotFoundException)
        {
            receipt = receipt with { Reason = exception is FileNotFoundException ? "The file was removed while it was read." : exception.Message };
            await SetAsideAsync(file.Path, run, receipt.Reason, cancellationToken);
            return receipt;
        }
    }

    private async Task<FileReceipt> LandAsync(RunId run, LakeFile file, LandingTable table, FileReceipt receipt, CancellationToken cancellationToken)
    {
        string content;
        var length = 0L;
        await using (var stream = new ObservedStream(await lake.OpenReadAsync(file.Path, cancellationToken), piece => length += piece.Length))
        {
            content = await ContentId.OfAsync(stream, table, cancellationToken);
        }

        // A pipe is listed without a length.
        if (file.Length > 0 && length != file.Length)
        {
            throw new StillWrittenException();
        }

        await using var turn = await lake.LeaseAsync(new LakePath($"leases/content/{content}"), $"run {run}", cancellationToken);
        var known = await CountedFile.ListAsync(lake, RawPath.FolderOf(table.Stream), cancellationToken).SelectMany(raw => raw.Holds)
            .FirstOrDefaultAsync(raw => RawPath.PartOf(new LakePath(raw.Path)) == content, cancellationToken);
        if (known is not null)
        {
            return receipt with { Stream = table.Stream.ToString(), Outcome = FileOutcome.Duplicate, RawFile = known.Path, HoldsForgotten = await lake.ListAsync(Erasure.Folder, cancellationToken).AnyAsync(cancellationToken) };
        }

        var pages = PagesAsync(file, length, table, cancellationToken);
        var landed = await lander.LandAsync(table.Stream, run, content, file.Path.Name, pages, cancellationToken);
        return receipt with
        {
            Stream = table.Stream.ToString(),
            Outcome = FileOutcome.Landed,
            Rows = landed.Rows,
            Rejected = landed.Rejected,
            RawFile = landed.Path.Value,
            Sha256 = landed.Sha256,
            FirstChange = landed.FirstChange,
            LastChange = landed.LastChange,
            HoldsForgotten = landed.Erased > 0,
        };
    }

    /// <summary>The pages of the file. One that has grown since its bytes were named does not land.</summary>
    private async IAsyncEnumerable<RawPage> PagesAsync(LakeFile file, long named, LandingTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var length = 0L;
        var dropped = new DroppedFile(
            file.Path.Name, async token => new ObservedStream(await lake.OpenReadAsync(file.Path, token), piece => length += piece.Length));
        await foreach (var page in reader.ReadAsync(dropped, table, time.GetUtcNow(), cancellationToken))
        {
            yield return page;
        }

        if (length > named)
        {
            throw new StillWrittenException();
        }
    }

    private async Task SetAsideAsync(LakePath path, RunId run, string reason, CancellationToken cancellationToken)
    {
        if (await lake.ExistsAsync(path, cancellationToken))
        {
            var target = await MoveAsync(path, Failed, run, cancellationToken);
            await lake.WriteOnceAsync(
                target.WithSuffix(".reason.txt"),
                async (stream, token) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(reason + "\n"), token),
                cancellationToken);
        }
    }

    private async Task<LakePath> MoveAsync(LakePath path, LakePath folder, RunId run, CancellationToken cancellationToken)
    {
        var segments = path.Segments;
        var target = folder.Child($"{segments[1]}/{run}/{string.Join('/', segments.Skip(2))}");
        await lake.MoveAsync(path, target, cancellationToken);
        return target;
    }

    /// <summary>Someone is still writing the file: it waits for the next run.</summary>
    private sealed class StillWrittenException : Exception;
}
