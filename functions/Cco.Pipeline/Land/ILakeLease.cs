namespace Cco.Pipeline.Land;

/// <summary>
/// A lease of the lake that is held. A holder that stood still for too long may have lost it to another without knowing: it asks
/// <see cref="HoldAsync"/> before each step that others see, and replaces documents only under the tag that it read while it held the lease.
/// </summary>
public interface ILakeLease : IAsyncDisposable
{
    /// <summary>Makes sure that it is held still; on a storage account for another 60 seconds.</summary>
    /// <exception cref="LakeLeaseLostException">It is not: whoever holds it now does the work.</exception>
    /// <exception cref="IOException">The lake does not answer, so that nobody can tell.</exception>
    Task HoldAsync(CancellationToken cancellationToken);
}
