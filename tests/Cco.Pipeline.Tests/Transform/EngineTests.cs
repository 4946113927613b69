using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

public sealed class EngineTests
{
    [Fact]
    public void What_does_not_fit_gets_all_memory_for_as_long_as_somebody_needs_it()
    {
        using var engine = Engine.Open(new TransformOptions { Buckets = 2, MachineBytes = 100L << 30 });

        var usual = Memory(engine);
        var first = engine.WithAllMemory();
        using (engine.WithAllMemory())
        {
            first.Dispose();
            Assert.Equal("60.0 GiB", Memory(engine));
        }

        Assert.Equal(("3.0 GiB", "3.0 GiB"), (usual, Memory(engine)));
    }

    [Fact]
    public void A_limit_that_was_set_is_never_passed()
    {
        using var engine = Engine.Open(new TransformOptions { Buckets = 2, MemoryLimit = "512MiB", MachineBytes = 100L << 30 });
        using var all = engine.WithAllMemory();

        Assert.Equal("512.0 MiB", Memory(engine));
    }

    [Fact]
    public void With_one_thread_statements_have_one_and_afterwards_all_again()
    {
        using var engine = Engine.Open(new TransformOptions { Threads = 3 });

        using (engine.WithOneThread())
        {
            Assert.Equal(1, Threads(engine));
        }

        Assert.Equal(3, Threads(engine));
    }

    private static string Memory(Engine engine)
    {
        using var session = engine.Session();
        return session.Scalar<string>("select current_setting('memory_limit')");
    }

    private static long Threads(Engine engine)
    {
        using var session = engine.Session();
        return session.Scalar<long>("select current_setting('threads')");
    }
}
