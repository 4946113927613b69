namespace Cco.Pipeline.Transform;

/// <summary>
/// Where steps are made: so many at a time as the settings say. Where memory is scarce, which buckets say, no two of those that need all customers at once are
/// made beside each other: both would spill, and take longer than one after the other.
/// </summary>
internal sealed class Places(TransformOptions options) : IDisposable
{
    private readonly SemaphoreSlim all = new(options.Parallelism);
    private readonly SemaphoreSlim large = new(options.Buckets > 1 ? 1 : options.Parallelism);

    /// <summary>Waits for a place; to dispose it gives it back.</summary>
    public async Task<IDisposable> TakeAsync(BuildStep step, CancellationToken cancellationToken)
    {
        var isLarge = step.Kind is StepKind.Entity or StepKind.Table or StepKind.Audit && step.Model is not { Header.IsCustomerScoped: true };
        if (isLarge)
        {
            await large.WaitAsync(cancellationToken);
        }

        try
        {
            await all.WaitAsync(cancellationToken);
            return new Place(isLarge ? [all, large] : [all]);
        }
        catch (OperationCanceledException) when (isLarge)
        {
            large.Release();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        all.Dispose();
        large.Dispose();
    }

    private sealed class Place(IReadOnlyList<SemaphoreSlim> held) : IDisposable
    {
        public void Dispose() => held.ToList().ForEach(semaphore => semaphore.Release());
    }
}
