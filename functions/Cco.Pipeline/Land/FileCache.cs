using System.Security.Cryptography;
using System.Text;

namespace Cco.Pipeline.Land;

/// <summary>
/// Copies of files on this machine, each named by its content, so that equal bytes are kept once, wherever in a lake they are. Several processes
/// may use it at once. What was used within the last day is never deleted: someone may be reading it.
/// </summary>
internal sealed class FileCache
{
    private static readonly TimeSpan InUse = TimeSpan.FromDays(1);

    private readonly long limit;
    private readonly TimeProvider time;
    private readonly Lazy<UnfinishedFiles> unfinished;
    private long added;

    /// <param name="folder">The folder; made when first used, readable by its owner alone.</param>
    /// <param name="limit">Bytes that it holds, if not more are in use.</param>
    /// <param name="time">The clock.</param>
    public FileCache(string folder, long limit, TimeProvider time)
    {
        (Folder, this.limit, this.time) = (folder, limit, time);
        unfinished = new Lazy<UnfinishedFiles>(Open);
    }

    /// <summary>Where the copies are.</summary>
    public string Folder { get; }

    /// <summary>Files that are not whole yet; on the cache's disk, so that they are taken into it in one step.</summary>
    public UnfinishedFiles Unfinished => unfinished.Value;

    /// <summary>Where the copy of some content is, or would be.</summary>
    /// <param name="content">What is equal for equal contents, and differs for others.</param>
    /// <param name="name">The file's name, whose ending the copy has.</param>
    public string PathOf(string content, string name)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        return Path.Combine(Folder, hash[..2], hash + Path.GetExtension(name));
    }

    /// <summary>Whether the copy is there; then it counts as used now.</summary>
    public bool Has(string copy)
    {
        try
        {
            File.SetLastWriteTimeUtc(copy, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Takes a whole file in, in place of an equal one. The file is gone from where it was.</summary>
    public void Take(string file, string copy)
    {
        var length = new FileInfo(file).Length;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Move(file, copy, overwrite: true);
        Has(copy);
        if (Interlocked.Add(ref added, length) > limit / 8)
        {
            Interlocked.Exchange(ref added, 0);
            Shrink();
        }
    }

    /// <summary>Deletes what was used longest ago until the rest is within the limit.</summary>
    public void Shrink()
    {
        var inUse = (time.GetUtcNow() - InUse).UtcDateTime;
        var copies = new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
        var bytes = copies.Sum(copy => copy.Length);
        foreach (var copy in copies.Where(copy => copy.LastWriteTimeUtc < inUse).OrderBy(copy => copy.LastWriteTimeUtc).TakeWhile(_ => bytes > limit))
        {
            bytes -= copy.Length;
            copy.Delete();
        }
    }

    private UnfinishedFiles Open()
    {
        PrivateFolder.Make(Folder);
        Shrink();
        return new UnfinishedFiles(Path.Combine(Folder, ".unfinished"));
    }
}
