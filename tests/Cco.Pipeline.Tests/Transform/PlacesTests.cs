using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

public sealed class PlacesTests
{
    private static readonly BuildStep OfAll = Step("-- Grain: x\n-- Scope: company");
    private static readonly BuildStep OfSome = Step("-- Grain: x\n-- Scope: customer");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_memory_is_scarce_models_of_all_customers_wait_for_each_other_and_for_no_other()
    {
        using var places = new Places(new TransformOptions { Parallelism = 3, Buckets = 2 });
        using var other = await places.TakeAsync(OfSome, Cancel);
        var first = await places.TakeAsync(OfAll, Cancel);

        await WaitsAsync(places, OfAll, first);
    }

    [Fact]
    public async Task Without_buckets_as_many_are_made_as_the_setting_says_and_no_more()
    {
        using var places = new Places(new TransformOptions { Parallelism = 2 });
        var first = await places.TakeAsync(OfAll, Cancel);
        using var second = await places.TakeAsync(OfAll, Cancel);

        await WaitsAsync(places, OfSome, first);
    }

    [Fact]
    public async Task Who_is_cancelled_while_it_waits_keeps_nobody_waiting()
    {
        using var places = new Places(new TransformOptions { Parallelism = 1, Buckets = 2 });
        using var cancel = new CancellationTokenSource();
        var first = await places.TakeAsync(OfSome, Cancel);
        var cancelled = places.TakeAsync(OfAll, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var next = places.TakeAsync(OfAll, Cancel);

        first.Dispose();
        (await next).Dispose();
    }

    /// <summary>The step has no place before that one is given back, and one afterwards.</summary>
    private static async Task WaitsAsync(Places places, BuildStep step, IDisposable held)
    {
        var waiting = places.TakeAsync(step, Cancel);

        Assert.False(waiting.IsCompleted);
        held.Dispose();
        (await waiting).Dispose();
    }

    private static BuildStep Step(string text) => new("int_a", StepKind.Table, "intermediate", "", [])
    {
        Model = new Model("int_a", Layer.Intermediate, "int_a.sql", text, ModelHeader.Parse(text), SqlReferences.To(), Contract: null),
    };
}
