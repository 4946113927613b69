using System.IO.Compression;
using System.Text;
using Cco.Pipeline.IntegrationTests.Processes;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cco.Pipeline.IntegrationTests.Retain;

/// <summary>A shop whose customers are persons, with some runs behind it: for what is done to a lake that has been in use.</summary>
internal sealed class PersonShop : IDisposable
{
    public const int Drops = 5;

    private const string Secret = "0123456789abcdef0123456789abcdef";

    private const string Order =
        """
        create table conformed.order_line (
            source varchar not null default 'file',
            order_id varchar not null,
            customer_id varchar,
            name varchar,
            email varchar,
            amount decimal(18, 4) not null check (amount >= 0),
            deleted_at timestamp,
            primary key (source, order_id)
        );
        comment on table conformed.order_line is 'One row per order.';
        comment on column conformed.order_line.source is 'The system.';
        comment on column conformed.order_line.order_id is 'The order.';
        comment on column conformed.order_line.customer_id is 'The customer. Null: not known.';
        comment on column conformed.order_line.name is 'Who ordered. Null: not known.';
        comment on column conformed.order_line.email is 'The address. Null: not known.';
        comment on column conformed.order_line.amount is 'What it cost.';
        comment on column conformed.order_line.deleted_at is 'When it was deleted. Null: not deleted.';
        """;

    private const string Buyer =
        """
        -- Grain: one row per buyer.
        select
            row_number() over (order by sum(amount), count(*), min(order_id)) as buyer_number,
            lower(split_part(email, '@', 2)) as email_domain,
            count(*) as order_count,
            cast(sum(amount) as decimal(18, 4)) as amount
        from order_line
        where deleted_at is null
        group by lower(email), email_domain
        """;

    private const string BuyerContract =
        """
        create table marts.fct_buyer (
            buyer_number bigint not null primary key,
            email_domain varchar,
            order_count bigint not null,
            amount decimal(18, 4) not null
        );
        comment on table marts.fct_buyer is 'One row per buyer.';
        comment on column marts.fct_buyer.buyer_number is 'The buyer.';
        comment on column marts.fct_buyer.email_domain is 'The company. Null: not known.';
        comment on column marts.fct_buyer.order_count is 'The orders.';
        comment on column marts.fct_buyer.amount is 'What they cost.';
        """;

    public PersonShop()
    {
        Installation.Write("sql/models/conformed/order_line.contract.sql", Order);
        Installation.Write("sql/models/marts/fct_buyer.sql", Buyer);
        Installation.Write("sql/models/marts/fct_buyer.contract.sql", BuyerContract);
        Installation.Configure(Installation.PathOf("sql"));
        Installation.Environment["CCO_Privacy__Secret"] = Secret;
    }

    public Installation Installation { get; } = new();

    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal) { ["Privacy:Secret"] = Secret };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Does something with the services over the lake, or over one that stands before it.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> work, ILake? lake = null, TimeProvider? time = null)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Installation.PathOf("cco.settings.json")).AddInMemoryCollection(Settings).Build();
        await using var services = new ServiceCollection().AddCcoPipeline(settings).AddSingleton(lake ?? Installation.Lake).AddSingleton(time ?? TimeProvider.System).BuildServiceProvider();
        return await work(services);
    }

    public Task<RunReport> RunAsync(RunStage? only = null) => WithAsync(
        services => services.GetRequiredService<PipelineRun>().RunAsync(new RunRequest(new DateOnly(2026, 1, 1), only), new NoProgress(), Cancel));

    public Task<VacuumPlan> VacuumAsync(ILake? lake = null, TimeProvider? time = null) => WithAsync(services => services.GetRequiredService<LakeVacuum>().RunAsync(Cancel), lake, time);

    /// <summary>Lands what an API says of an order that it has no more.</summary>
    public Task DeleteAsync(string order) => WithAsync(services =>
    {
        var record = Duck.Query($"select distinct record_id from read_parquet('{Installation.InLake("raw/file/order_line")}/*/*.parquet') where payload ->> '$.order_id' = '{order}'")[0];
        var page = new RawPage([new RawRecord(record, TimeProvider.System.GetUtcNow(), IsDeleted: true, 1, "{}")], []);
        return services.GetRequiredService<Lander>().LandAsync(new StreamName("file", "order_line"), RunId.Begin(TimeProvider.System), "deleted", "an API", AsyncEnumerable.Repeat(page, 1), Cancel);
    });

    public Task<CompactionPlan> CompactAsync(ILake? lake = null) => WithAsync(services => services.GetRequiredService<LakeCompaction>().RunAsync(Cancel), lake);

    public Task<Erasure> ForgetAsync(ForgetRequest request, ILake? lake = null) =>
        WithAsync(services => services.GetRequiredService<Forgetting>().ForgetAsync(request, "a test", new NoProgress(), Cancel), lake);

    /// <summary>Three published runs over what was dropped: text, then packed text, then what was corrected, as a table and in an archive.</summary>
    public async Task PublishAsync()
    {
        Installation.Drop("order_line", "one.csv", "order_id,customer_id,name,email,amount\no1,cus_ada1,Ada Byron,Ada@Acme.example,10\no2,cus_bob1,Bob Bo,bob@acme.example,4\no3,cus_ada1,Ada Byron,ada@acme.example,one\no9,cus_ada1,Ada Byron,ada@acme.example,1,2\n");
        await RunAsync();
        Write(new GZipStream(File.Create(Landing("two.csv.gz")), CompressionLevel.Fastest), "order_id,customer_id,name,email,amount\no4,cus_ada1,Ada Byron,ada@acme.example,5\no5,,Adam No,adam@acme.example,6\n");
        await RunAsync();
        Duck.Write("select 'o4' as order_id, 'cus_ada1' as customer_id, 'Ada Byron' as name, 'ada@acme.example' as email, '6' as amount, '2998-01-01' as updated_at", Landing("three.parquet"));
        using (var zip = ZipFile.Open(Landing("four.zip"), ZipArchiveMode.Create))
        {
            Write(zip.CreateEntry("four.csv").Open(), "order_id,customer_id,name,email,amount,updated_at\no4,cus_ada1,Ada Byron,ada@acme.example,7,2999-01-01\n");
        }

        await RunAsync();
    }

    /// <summary>Files that were taken in one by one, with rows that no run could use, and one published run.</summary>
    public async Task DropAsync()
    {
        for (var number = 1; number < Drops; number++)
        {
            Drop(number);
            await RunAsync(RunStage.Intake);
        }

        Drop(Drops);
        Assert.Null((await RunAsync()).Error);
    }

    /// <summary>Drops one of these files.</summary>
    public void Drop(int number) => Installation.Drop(
        "order_line",
        $"{number}.csv",
        $"order_id,customer_id,name,email,amount\no{number},cus_{number},Ada,ada{number}@acme.example,{number}\nsame,cus_0,Bob,bob@acme.example,{number}\nbad{number},,,,none\n");

    /// <summary>Holds what the marts are: whole, and with these rows.</summary>
    public async Task<IReadOnlyList<string>> BuyersAsync()
    {
        await PublishedState.HoldAsync(Installation.LakeFolder);
        return await Installation.QueryAsync("select * from fct_buyer order by all");
    }

    /// <summary>The bytes of the mart as it was built, and what is in quarantine.</summary>
    public async Task<string> BytesAsync()
    {
        var manifest = (await Manifest.ReadAsync(Installation.Lake, Cancel))!;
        var file = await File.ReadAllBytesAsync(Installation.InLake($"models/fct_buyer/{manifest.Tables.Single(table => table.Name == "fct_buyer").Fingerprint}.parquet"), Cancel);
        var rejected = (await Installation.QuarantinedAsync()).Select(row => row.ToString());
        return $"{Convert.ToHexString(file)}\n{string.Join('\n', rejected)}";
    }

    /// <summary>The lake as it was kept.</summary>
    public ILake Reset()
    {
        Installation.Reset();
        return Installation.Lake;
    }

    public void Dispose() => Installation.Dispose();

    /// <summary>Some of the operations of a piece of work, before which or after which it ends: the same each time, spread over all of it.</summary>
    public static IEnumerable<(int Last, bool IsDone)> Points(int operations, int count) =>
        Enumerable.Range(0, count).Select(point => 1 + (point * ((2 * operations) - 1) / (count - 1))).Select(point => ((point + 1) / 2, point % 2 == 0));

    private string Landing(string name) => Path.Combine(Directory.CreateDirectory(Installation.InLake("landing/order_line")).FullName, name);

    private static void Write(Stream stream, string text)
    {
        using (stream)
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
