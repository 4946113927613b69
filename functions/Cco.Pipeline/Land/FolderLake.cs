using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cco.Pipeline.Land;

/// <summary>The lake as a folder of this machine. Unfinished files live in its scratch folder and are moved into place whole.</summary>
public sealed class FolderLake : ILake
{
    private readonly string root;
    private readonly UnfinishedFiles unfinished;

    /// <param name="root">The folder; made when first written to.</param>
    public FolderLake(string root)
    {
        this.root = Path.GetFullPath(root);
        unfinished = new UnfinishedFiles(Path.Combine(this.root, ".scratch"));
    }

    /// <inheritdoc />
    public string LocalFolder => root;

    /// <inheritdoc />
    public async IAsyncEnumerable<LakeFile> ListAsync(LakePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var directory = new DirectoryInfo(folder is null ? root : Local(folder));
        if (!directory.Exists)
        {
            yield break;
        }

        var files = directory.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => LakeFile.IsContent(file.Path))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        foreach (var (file, path) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new LakeFile(new LakePath(path), file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(LakePath path, CancellationToken cancellationToken) => Task.FromResult(File.Exists(Local(path)));

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(LakePath path, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(Local(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: false));
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no '{path}' in the lake.", path.Value, exception);
        }
    }

    /// <inheritdoc />
    public async Task<bool> WriteOnceAsync(LakePath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (File.Exists(Local(path)))
        {
            return false;
        }

        return MoveOnce(await unfinished.WriteAsync(write, cancellationToken), path);
    }

    /// <inheritdoc />
    public Task<bool> ImportOnceAsync(string localFile, LakePath path, CancellationToken cancellationToken) =>
        Task.FromResult(MoveOnce(Near(localFile), path));

    /// <inheritdoc />
    public Task ImportAsync(string localFile, LakePath path, CancellationToken cancellationToken)
    {
        File.Move(Near(localFile), Writable(path), overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<bool> ChangeAsync(LakePath path, Func<string, bool> change, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(Local(path)) && change(Local(path)));

    /// <inheritdoc />
    public Task CopyAsync(LakePath source, LakePath target, CancellationToken cancellationToken)
    {
        var copy = Unfinished(scratch => File.Copy(Local(source), scratch));
        File.Move(copy, Writable(target), overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task MoveAsync(LakePath source, LakePath target, CancellationToken cancellationToken)
    {
        File.Move(Local(source), Writable(target), overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DeleteAsync(LakePath path, CancellationToken cancellationToken)
    {
        var local = Local(path);
        if (File.Exists(local))
        {
            File.Delete(local);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<LakeDocument?> ReadAsync(LakePath path, CancellationToken cancellationToken)
    {
        var local = Local(path);
        if (!File.Exists(local))
        {
            return null;
        }

        var content = await File.ReadAllBytesAsync(local, cancellationToken);
        return new LakeDocument(content, Tag(content));
    }

    /// <inheritdoc />
    public async Task<string> ReplaceAsync(LakePath path, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken)
    {
        var local = Writable(path);
        await using var turn = await LeaseAsync(new LakePath($".locks/{path}"), "a writer of this document", cancellationToken);
        var current = await ReadAsync(path, cancellationToken);
        if (current?.Tag != tag)
        {
            throw new LakeConflictException(path);
        }

        var written = await unfinished.WriteAsync((stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);
        File.Move(written, local, overwrite: true);
        return Tag(content.Span);
    }

    /// <inheritdoc />
    public async Task<ILakeLease> LeaseAsync(LakePath path, string holder, CancellationToken cancellationToken)
    {
        var local = Writable(path);
        var label = local + ".holder";
        FileStream held;
        try
        {
            held = new FileStream(local, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new LakeLeasedException(path, File.Exists(label) ? await File.ReadAllTextAsync(label, cancellationToken) : "another process");
        }

        try
        {
            await File.WriteAllTextAsync(label, holder, cancellationToken);
            return new FolderLease(path, holder, held, label);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<string> LocalAsync(LakePath path, CancellationToken cancellationToken) => Task.FromResult(Local(path));

    /// <summary>Where the file is on this machine.</summary>
    internal string Local(LakePath path) => Path.Combine(root, path.Value.Replace('/', Path.DirectorySeparatorChar));

    private static string Tag(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private string Writable(LakePath path)
    {
        var local = Local(path);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        return local;
    }

    /// <summary>Brings a file to the lake's own disk: only there is a move into place one step, and from another disk it is a copy.</summary>
    private string Near(string localFile) => Unfinished(scratch => File.Move(localFile, scratch));

    /// <summary>Makes an unfinished file; where that fails half-way, on a full disk for one, nothing is left of it.</summary>
    private string Unfinished(Action<string> make)
    {
        var scratch = unfinished.New();
        try
        {
            make(scratch);
            return scratch;
        }
        catch (IOException exception)
        {
            File.Delete(scratch);
            throw exception is FileNotFoundException ? exception : new IOException($"The lake in '{root}' cannot be written to: {exception.Message}", exception);
        }
    }

    private bool MoveOnce(string localFile, LakePath path)
    {
        if (SingleMove.Try(localFile, Writable(path)))
        {
            return true;
        }

        File.Delete(localFile);
        return false;
    }
}
