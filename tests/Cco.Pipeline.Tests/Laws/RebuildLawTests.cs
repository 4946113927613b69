using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Laws;

/// <summary>The whole way from dropped files to published marts, for one set of companies.</summary>
public sealed class RebuildLawTests(RebuildLawTests.OneBuild one) : IClassFixture<RebuildLawTests.OneBuild>
{
    private const int Companies = 20;

    private static readonly string EveryRow = string.Join(
        " union all ", LawWorld.Marts.Select(mart => $"select '{mart}', cast(to_json(mart) as varchar) from {mart} as mart")) + " order by all";

    [Fact]
    public async Task A_build_in_seven_buckets_is_the_build_in_one() => Assert.Equal(one.Rows, await PublishAsync(rows => [rows], buckets: 7));

    [Fact]
    public async Task Rows_in_another_order_in_several_files_and_more_than_once_change_nothing() => Assert.Equal(
        one.Rows, await PublishAsync(rows => [rows.Reverse(), rows.Where((_, row) => row % 2 == 0).Concat(rows)], buckets: 1));

    /// <summary>Drops the rows of each entity as some files, runs the pipeline, and gives every row of the marts.</summary>
    private static async Task<IReadOnlyList<string>> PublishAsync(Func<IReadOnlyList<string>, IEnumerable<IEnumerable<string>>> files, int buckets)
    {
        using var company = new Company();
        company.Transform = new TransformOptions { Threads = 1, MemoryLimit = "1GB", Buckets = buckets };
        foreach (var (entity, lines) in Books.OfWorld(0, Companies).Files())
        {
            foreach (var (number, rows) in files([.. lines.Skip(1)]).Index())
            {
                await company.DropAsync(entity, $"{number}.csv", string.Join('\n', rows.Prepend(lines[0])));
            }
        }

        var report = await company.RunAsync();

        Assert.Null(report.Error);
        return await company.QueryAsync(EveryRow);
    }

    public sealed class OneBuild : IAsyncLifetime
    {
        public IReadOnlyList<string> Rows { get; private set; } = [];

        public async ValueTask InitializeAsync() => Rows = await PublishAsync(rows => [rows], buckets: 1);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
