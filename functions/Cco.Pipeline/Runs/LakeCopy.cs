using System.Collections.Concurrent;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Copies a whole lake to another place. What is there already, byte for byte, is not copied again, so that a copy that was ended goes on; at the end
/// the hash of every file there is compared with that of its original. Readers of the copy see it once it is whole: its manifest comes last.
/// </summary>
/// <param name="from">The lake.</param>
/// <param name="to">Where it is copied to.</param>
/// <param name="options">Where files are while they are on their way.</param>
public sealed class LakeCopy(ILake from, ILake to, TransformOptions options)
{
    private const int Parallelism = 8;

    private const string Holder = "cco lake copy";

    /// <summary>Copies it, while no run is at work on either side.</summary>
    /// <param name="progress">Hears of each file.</param>
    /// <param name="cancellationToken">Ends it; what was copied stays, and copying again goes on.</param>
    /// <exception cref="LakeLeasedException">A run is at work on one of the two.</exception>
    /// <exception cref="IOException">There is another lake already, or a file did not arrive as it was sent.</exception>
    public async Task<LakeCopied> CopyAsync(IProgress<LakeCopied> progress, CancellationToken cancellationToken)
    {
        await using var source = await PipelineRun.LeaseAsync(from, Holder, cancellationToken);
        await using var target = await PipelineRun.LeaseAsync(to, Holder, cancellationToken);
        await RefuseOtherAsync(cancellationToken);
        var files = await from.ListAsync(null, cancellationToken).ToListAsync(cancellationToken);
        var there = await to.ListAsync(null, cancellationToken).ToDictionaryAsync(file => file.Path, cancellationToken: cancellationToken);
        var hashes = new ConcurrentDictionary<LakePath, string>();
        var count = new Count(files, progress);
        using var scratch = ScratchFolder.Make(options);
        foreach (var turn in files.GroupBy(file => file.Path == Manifest.Path).OrderBy(group => group.Key))
        {
            await EachAsync(turn, async (file, token) => count.Add(file, await CopyAsync(file, there.GetValueOrDefault(file.Path), hashes, scratch, token)), cancellationToken);
        }

        await CompareAsync(hashes, cancellationToken);
        return count.Now;
    }

    private static Task EachAsync(IEnumerable<LakeFile> files, Func<LakeFile, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        files, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, (file, token) => new ValueTask(work(file, token)));

    private static async Task<string> HashAsync(ILake lake, LakeFile file, CancellationToken cancellationToken)
    {
        if (file.Md5 is not null)
        {
            return file.Md5;
        }

        await using var content = await lake.OpenReadAsync(file.Path, cancellationToken);
        return ContentHash.Text(await ContentHash.OfAsync(content, cancellationToken))!;
    }

    /// <summary>Copies a file, unless it is there already.</summary>
    /// <returns>Whether it had to be copied.</returns>
    private async Task<bool> CopyAsync(
        LakeFile file, LakeFile? there, ConcurrentDictionary<LakePath, string> hashes, ScratchFolder scratch, CancellationToken cancellationToken)
    {
        hashes[file.Path] = await HashAsync(from, file, cancellationToken);
        if (there?.Length == file.Length && await HashAsync(to, there, cancellationToken) == hashes[file.Path])
        {
            return false;
        }

        var copy = scratch.File(Path.GetRandomFileName());
        await using (var content = await from.OpenReadAsync(file.Path, cancellationToken))
        await using (var local = File.Create(copy))
        {
            await content.CopyToAsync(local, cancellationToken);
        }

        await to.ImportAsync(copy, file.Path, cancellationToken);
        return true;
    }

    private async Task CompareAsync(ConcurrentDictionary<LakePath, string> hashes, CancellationToken cancellationToken)
    {
        var arrived = new ConcurrentDictionary<LakePath, string>();
        var files = await to.ListAsync(null, cancellationToken).Where(file => hashes.ContainsKey(file.Path)).ToListAsync(cancellationToken);
        await EachAsync(files, async (file, token) => arrived[file.Path] = await HashAsync(to, file, token), cancellationToken);
        if (hashes.Keys.Where(path => arrived.GetValueOrDefault(path) != hashes[path]).Order(Comparer<LakePath>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))).ToList() is { Count: > 0 } damaged)
        {
            throw new IOException($"{damaged.Count} of {hashes.Count} files are not in the copy as they are in the lake, '{damaged[0]}' for one. Copy again: what is right is not copied anew.");
        }
    }

    /// <summary>A copy that was ended has no manifest yet, or that of one of this lake's runs.</summary>
    private async Task RefuseOtherAsync(CancellationToken cancellationToken)
    {
        if (await Manifest.ReadAsync(to, cancellationToken) is { } other && await Manifest.ReadAsync(from, other.RunId, cancellationToken) is null)
        {
            throw new IOException($"There is another lake already, in which run {other.RunId} has published. Nothing was copied; name an empty place, or empty this one first.");
        }
    }

    /// <summary>Counts what has been done, from several threads.</summary>
    private sealed class Count(List<LakeFile> files, IProgress<LakeCopied> progress)
    {
        private readonly Lock turn = new();

        public LakeCopied Now { get; private set; } = new(0, 0, 0, files.Count, files.Sum(file => file.Length));

        public void Add(LakeFile file, bool isCopied)
        {
            lock (turn)
            {
                Now = Now with { Files = Now.Files + 1, Bytes = Now.Bytes + file.Length, Copied = Now.Copied + (isCopied ? 1 : 0) };
                progress.Report(Now);
            }
        }
    }
}

/// <summary>How much of a lake is in its copy.</summary>
/// <param name="Files">The files that are.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Copied">Those of the files that were copied now; the others were there.</param>
/// <param name="AllFiles">The files of the lake.</param>
/// <param name="AllBytes">Their bytes.</param>
public sealed record LakeCopied(long Files, long Bytes, long Copied, long AllFiles, long AllBytes);
