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
    public const string Secret = "0123456789abcdef0123456789abcdef";

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

    private readonly DirectoryInfo kept = Directory.CreateTempSubdirectory("cco-kept-");

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
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> work, ILake? lake = null)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Installation.PathOf("cco.settings.json")).AddInMemoryCollection(Settings).Build();
        await using var services = new ServiceCollection().AddCcoPipeline(settings).AddSingleton(lake ?? Installation.Lake).BuildServiceProvider();
        return await work(services);
    }

    public Task<RunReport> RunAsync(RunStage? only = null) => WithAsync(
        services => services.GetRequiredService<PipelineRun>().RunAsync(new RunRequest(new DateOnly(2026, 1, 1), only), new NoProgress(), Cancel));

    public Task<VacuumPlan> VacuumAsync(ILake? lake = null) => WithAsync(services => services.GetRequiredService<LakeVacuum>().RunAsync(Cancel), lake);

    public Task<CompactionPlan> CompactAsync(ILake? lake = null) => WithAsync(services => services.GetRequiredService<LakeCompaction>().RunAsync(Cancel), lake);

    public Task<Erasure> ForgetAsync(ForgetRequest request, ILake? lake = null) =>
        WithAsync(services => services.GetRequiredService<Forgetting>().ForgetAsync(request, "a test", new NoProgress(), Cancel), lake);

    /// <summary>Three published runs: two over what was dropped as text and packed, a third over what was corrected.</summary>
    public async Task FillAsync()
    {
        Installation.Drop("order_line", "one.csv", "order_id,customer_id,name,email,amount\no1,cus_ada1,Ada Byron,Ada@Acme.example,10\no2,cus_bob1,Bob Bo,bob@acme.example,4\no3,cus_ada1,Ada Byron,ada@acme.example,one\no9,cus_ada1,Ada Byron,ada@acme.example,1,2\n");
        await RunAsync();
        DropPacked("two.csv.gz", "order_id,customer_id,name,email,amount\no4,cus_ada1,Ada Byron,ada@acme.example,5\no5,,Adam No,adam@acme.example,6\n");
        await RunAsync();
        Installation.Drop("order_line", "three.csv", "order_id,customer_id,name,email,amount,updated_at\no4,cus_ada1,Ada Byron,ada@acme.example,7,2999-01-01\n");
        await RunAsync();
    }

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

    /// <summary>Keeps the lake as it is, for <see cref="Reset"/>.</summary>
    public void Keep() => Copy(Installation.LakeFolder, kept.FullName);

    /// <summary>Puts the lake back to what was kept.</summary>
    public FolderLake Reset()
    {
        Directory.Delete(Installation.LakeFolder, recursive: true);
        Copy(kept.FullName, Installation.LakeFolder);
        return Installation.Lake;
    }

    /// <summary>The numbers of files below a folder of the lake.</summary>
    public int Count(string folder) =>
        Directory.Exists(Installation.InLake(folder)) ? Directory.EnumerateFiles(Installation.InLake(folder), "*.parquet", SearchOption.AllDirectories).Count() : 0;

    public void Dispose()
    {
        Installation.Dispose();
        kept.Delete(recursive: true);
    }

    /// <summary>Some of the operations of a piece of work, before which or after which it ends: the same each time, spread over all of it.</summary>
    public static IEnumerable<(int Last, bool IsDone)> Points(int operations, int count) =>
        Enumerable.Range(0, count).Select(point => 1 + (point * ((2 * operations) - 1) / (count - 1))).Select(point => ((point + 1) / 2, point % 2 == 0));

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private void DropPacked(string name, string text)
    {
        var path = Installation.InLake($"landing/order_line/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
    }
}
