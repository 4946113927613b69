using Cco.Pipeline.Tests.Sample;
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

    [Fact]
    public void Once_it_is_confined_it_reaches_its_folder_and_its_scratch_folder_and_nothing_else()
    {
        var (inside, outside) = (Directory.CreateTempSubdirectory(), Directory.CreateTempSubdirectory());
        var (own, foreign) = (Path.Combine(inside.FullName, "rows.csv"), Path.Combine(outside.FullName, "rows.csv"));
        File.WriteAllText(own, "n\n1\n");
        File.WriteAllText(foreign, "n\n1\n");
        try
        {
            using var engine = Engine.Open(new TransformOptions());
            using var before = engine.Session();
            engine.Confine(inside.FullName);
            using var after = engine.Session();

            Assert.All([before, after], session =>
            {
                Assert.Equal(1, session.Scalar<long>($"select n from read_csv({Sql.Text(own)})", TestContext.Current.CancellationToken));
                session.Execute($"copy (select 1 as n) to {Sql.Text(engine.Scratch.File("copy.parquet"))} (format parquet)", TestContext.Current.CancellationToken);
                Refuses(session, $"select n from read_csv({Sql.Text(foreign)})");
                Refuses(session, $"select n from read_csv({Sql.Text($"{inside.FullName}/../{outside.Name}/rows.csv")})");
                Refuses(session, $"copy (select 1 as n) to {Sql.Text(Path.Combine(outside.FullName, "copy.parquet"))} (format parquet)");
                Refuses(session, $"attach {Sql.Text(Path.Combine(outside.FullName, "other.duckdb"))}");
                Refuses(session, "select * from read_csv('https://localhost/rows.csv')");
                Refuses(session, "set enable_external_access = true");
                Refuses(session, "set allowed_directories = ['/']");
            });
        }
        finally
        {
            inside.Delete(recursive: true);
            outside.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_confined_engine_still_spills()
    {
        using var engine = Engine.Open(new TransformOptions { MemoryLimit = "60MiB", Threads = 1 });
        engine.Confine(engine.Scratch.Path);
        using var session = engine.Session();

        var rows = session.Scalar<long>("select count(*) from (select distinct md5(n::varchar) as m from range(2_000_000) as numbers (n))", TestContext.Current.CancellationToken);

        Assert.Equal(2_000_000, rows);
    }

    [Fact]
    public void Tables_in_a_file_are_those_of_every_session()
    {
        using var folder = new TemporaryFolder();
        using var engine = Engine.Open(new TransformOptions(), Path.Combine(folder.Path, "tables.duckdb"));
        using (var one = engine.Session("staged"))
        {
            one.Execute("create table staged.number as select 7 as n", TestContext.Current.CancellationToken);
        }

        using var another = engine.Session("staged");

        Assert.Equal(7, another.Scalar<int>("select n from number", TestContext.Current.CancellationToken));
    }

    private static void Refuses(EngineSession session, string sql) => Assert.Throws<EngineException>(() => session.Execute(sql));

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
