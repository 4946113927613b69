namespace Cco.Pipeline.Land;

/// <summary>
/// The folder or storage account that remembers everything. A file appears whole or not at all; a file that was written once never changes.
/// Safe to use from several threads and processes.
/// </summary>
public interface ILake
{
    /// <summary>The files below a folder, by path; none where there is no such folder. Unfinished writes and leases are not listed, nor is what no <see cref="LakePath"/> can name.</summary>
    /// <param name="folder">The folder, as narrow as it can be: everything below it is looked at. Null: the whole lake.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<LakeFile> ListAsync(LakePath? folder, CancellationToken cancellationToken);

    /// <summary>Whether the file is there.</summary>
    Task<bool> ExistsAsync(LakePath path, CancellationToken cancellationToken);

    /// <summary>Opens a file for reading from its start.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    Task<Stream> OpenReadAsync(LakePath path, CancellationToken cancellationToken);

    /// <summary>Writes a file that must not be there yet; it appears when <paramref name="write"/> has returned.</summary>
    /// <returns>False where the file was there already: nothing was changed.</returns>
    Task<bool> WriteOnceAsync(LakePath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Takes a finished local file into the lake, as <see cref="WriteOnceAsync"/> does. The local file is gone afterwards.</summary>
    Task<bool> ImportOnceAsync(string localFile, LakePath path, CancellationToken cancellationToken);

    /// <summary>Takes a finished local file into the lake in place of whatever is there; readers see the old or the new one. The local file is gone afterwards.</summary>
    Task ImportAsync(string localFile, LakePath path, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a file where it is, if it is there and on this machine. The change itself must be whole or not at all to readers, as a transaction
    /// of a database is.
    /// </summary>
    /// <returns>False where it is not, or where <paramref name="change"/> says that it could not: then the file is as it was.</returns>
    Task<bool> ChangeAsync(LakePath path, Func<string, bool> change, CancellationToken cancellationToken);

    /// <summary>Copies a file within the lake, in place of whatever is there; readers see the old or the new one.</summary>
    Task CopyAsync(LakePath source, LakePath target, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a file within the lake, in place of whatever is there. A storage account has no such step: who dies in the middle leaves the file in
    /// both places, never in none.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    Task MoveAsync(LakePath source, LakePath target, CancellationToken cancellationToken);

    /// <summary>Deletes a file; nothing happens where there is none.</summary>
    Task DeleteAsync(LakePath path, CancellationToken cancellationToken);

    /// <summary>Reads a small document with its tag; null where there is none.</summary>
    Task<LakeDocument?> ReadAsync(LakePath path, CancellationToken cancellationToken);

    /// <summary>Replaces a small document, if it still is the version with that tag; a null tag means that there must be none.</summary>
    /// <returns>The tag of the new version.</returns>
    /// <exception cref="LakeConflictException">Someone else has written it since it was read.</exception>
    Task<string> ReplaceAsync(LakePath path, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken);

    /// <summary>Takes the one lease of that name, held until it is disposed, or its process ends: on a storage account up to 60 seconds after that.</summary>
    /// <param name="path">The name of the lease.</param>
    /// <param name="holder">Who takes it, for those who wait.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="LakeLeasedException">Someone else holds it.</exception>
    Task<ILakeLease> LeaseAsync(LakePath path, string holder, CancellationToken cancellationToken);

    /// <summary>The folder of this machine that the files of <see cref="LocalAsync"/> are in.</summary>
    string LocalFolder { get; }

    /// <summary>
    /// A path of this machine where the file's bytes can be read, by DuckDB for one, for as long as the process lives. Of a storage account it
    /// is a copy, which is downloaded only where this machine does not have these bytes already.
    /// </summary>
    Task<string> LocalAsync(LakePath path, CancellationToken cancellationToken);
}
