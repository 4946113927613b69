using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Runs;

public sealed class DeletedRecordsTests : IAsyncLifetime
{
    private static readonly StreamName Orders = new("file", "order_line");

    private readonly Company company = new();
    private readonly Engine engine = Engine.Open(new TransformOptions { Threads = 1, MemoryLimit = "1GB" });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await LandAsync("first.csv", "1,a,100", "2,b,50");
        await LandAsync("second.csv", "2,b,60", "3,c,1");
        await LandDeletedAsync("2");
    }

    public ValueTask DisposeAsync()
    {
        engine.Dispose();
        company.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_record_goes_with_all_its_versions_and_all_else_stays()
    {
        var before = await RowsAsync();
        var counted = await Known(DateTimeOffset.MaxValue).CountAsync(Cancel);
        var unchanged = await RowsAsync();

        var taken = await TakeAsync(DateTimeOffset.MaxValue);

        Assert.Equal([new VacuumedRecords("file.order_line", 1)], counted);
        Assert.Equal(counted, taken);
        Assert.Equal(["1|100", "2|50", "2|60", "3|1", "|"], before);
        Assert.Equal(before, unchanged);
        Assert.Equal(["1|100", "3|1"], await RowsAsync());
        Assert.Empty(await TakeAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_build_is_one_of_what_is_left()
    {
        Assert.Null((await company.RunAsync()).Error);
        await TakeAsync(DateTimeOffset.MaxValue);

        var run = await company.RunAsync();

        Assert.Null(run.Error);
        Assert.Equal(["1|100.0000", "3|1.0000"], await company.QueryAsync("select order_id, amount from fct_order order by all"));
    }

    [Fact]
    public async Task What_was_found_deleted_lately_stays() => Assert.Empty(await TakeAsync(DateTimeOffset.UnixEpoch));

    [Fact]
    public async Task What_came_back_stays()
    {
        await LandAsync("third.csv", "2,b,70");

        Assert.Empty(await TakeAsync(DateTimeOffset.MaxValue));
    }

    private DeletedRecords Known(DateTimeOffset before) => new(company.Lake, engine, before);

    private Task<IReadOnlyList<VacuumedRecords>> TakeAsync(DateTimeOffset before) => Known(before).TakeAsync(TimeProvider.System.GetUtcNow(), Cancel);

    private async Task LandAsync(string file, params string[] lines)
    {
        await company.DropAsync("order_line", file, $"order_id,customer_key,amount\n{string.Join('\n', lines)}\n");
        await company.RunAsync(new RunRequest(company.AsOf, RunStage.Intake));
    }

    private async Task LandDeletedAsync(string order)
    {
        var ids = await QueryAsync($"select distinct record_id from {{0}} where payload ->> '$.order_id' = '{order}'");
        var time = TimeProvider.System;
        var page = new RawPage([new RawRecord(ids[0], time.GetUtcNow(), IsDeleted: true, 1, "{}")], []);
        await new Lander(company.Lake, time).LandAsync(Orders, RunId.Begin(time), "deleted", "a test", AsyncEnumerable.Repeat(page, 1), Cancel);
    }

    private Task<IReadOnlyList<string>> RowsAsync() => QueryAsync("select concat_ws('|', payload ->> '$.order_id', payload ->> '$.amount') || if(is_deleted, '|', '') from {0} order by all");

    /// <summary>The rows of a select of one text over the raw files of orders that count.</summary>
    private async Task<IReadOnlyList<string>> QueryAsync(string select)
    {
        var files = await CountedFile.ListAsync(company.Lake, RawPath.FolderOf(Orders), Cancel).Select(file => company.Lake.Local(file.Path)).ToListAsync(Cancel);
        using var session = engine.Session();
        return session.Query(string.Format(System.Globalization.CultureInfo.InvariantCulture, select, Sql.Parquet(files)), reader => reader.GetString(0), Cancel);
    }
}
