using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cco.Pipeline.IntegrationTests.Vendors;

/// <summary>A lake that a vendor's server is read into by the description that is delivered, and what the delivered models make of it.</summary>
internal sealed class VendorLake : IAsyncDisposable
{
    private static readonly TransformOptions Options = new() { Threads = 1, MemoryLimit = "1GB" };
    private static readonly Lazy<Catalog> Models = new(() => CatalogReader.Read(Options));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-vendor-lake-");
    private readonly VendorServers servers;
    private readonly FolderLake lake;
    private readonly SourceSweep sweep;
    private readonly TimeProvider time;

    private VendorLake(VendorServers servers, TimeProvider time, string[] streams)
    {
        (this.servers, this.time) = (servers, time);
        lake = new FolderLake(folder.FullName);
        var extract = new ExtractOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        var settings = servers.SettingsOf(servers.Servers[0]);
        settings.RequestsPerSecond = 1_000;
        Array.ForEach(streams, settings.Streams.Add);
        var registry = new SourceRegistry([SourceRegistry.Delivered], new SourcesOptions { [Source] = settings }, extract, time);
        var context = new RunContext(Options, new KpiOptions(), time, NullLogger<PipelineRun>.Instance);
        sweep = new SourceSweep(lake, new Lander(lake, time), registry, context, NullLogger<SourceSweep>.Instance);
    }

    private string Source => servers.Servers[0].Source;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="streams">What is read of it; none: all.</param>
    public static async Task<VendorLake> StartAsync(IVendorServer server, TimeProvider time, params string[] streams) => new(await VendorServers.StartAsync([server], Cancel), time, streams);

    /// <summary>A select over the sound rows of an entity that a system of the sample company has, as text, each row joined by '|'.</summary>
    public static IReadOnlyList<string> Sample(IReadOnlyList<SampleFile> files, string system, string entity, string select) =>
        Duck.Query($"select {select} from {SampleOf(files, system, entity)}");

    /// <summary>What a select over the sound rows of an entity that a system of the sample company has is from: the latest version of each record, or where the entity has a history each version.</summary>
    public static string SampleOf(IReadOnlyList<SampleFile> files, string system, string entity)
    {
        var paths = string.Join(", ", files.Where(file => file.System == system && file.Entity == entity && !file.IsBroken).Select(file => $"'{file.Path}'"));
        var contract = Models.Value.Models.Values.First(model => model.Layer == Layer.Staging && model.Entity == entity).Contract!;
        var read = $"read_csv([{paths}], header = true, all_varchar = true, quote = '\"', escape = '\"')";
        var given = Duck.Query($"select column_name from (describe from {read})");
        var key = string.Join(", ", contract.Key.Intersect(given, StringComparer.Ordinal));
        return $"(from {read} qualify row_number() over (partition by {key} order by {(given.Contains("updated_at") ? "updated_at" : "1")} desc) = 1)";
    }

    /// <summary>Does a run of the source; every stream must be read to its end.</summary>
    /// <returns>The records that it read of each stream, those that are gone among them.</returns>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync()
    {
        var receipts = await sweep.SweepAsync(RunId.Begin(time), new RunRequest(), new NoProgress(), Cancel);
        foreach (var receipt in receipts)
        {
            Assert.Null(receipt.Error);
            Assert.Equal((StreamOutcome.Read, 0), (receipt.Outcome, receipt.Rejected));
        }

        return receipts.ToDictionary(receipt => receipt.Stream, receipt => receipt.Rows, StringComparer.Ordinal);
    }

    /// <summary>Where the current rows of a conformed entity differ from those of the sample company, in the columns that both have but for some.</summary>
    /// <param name="files">The sample company.</param>
    /// <param name="system">Whose records.</param>
    /// <param name="entity">The entity, and after it SQL where the vendor cannot say all of its rows, or says them in other words: <c>where …</c> or <c>select * replace (…) where …</c>.</param>
    /// <param name="unsaid">Columns that the vendor cannot say.</param>
    /// <returns>Some rows, each with a sign: minus, it is missing; plus, it should not be there.</returns>
    public Task<IReadOnlyList<string>> DifferenceAsync(IReadOnlyList<SampleFile> files, string system, string entity, params string[] unsaid)
    {
        var (name, sql) = entity.Split((char[]?)null, 2) is [var first, var rest] ? (first, rest) : (entity, "");
        return DifferenceAsync(name, $"from {SampleOf(files, system, name)} {sql}", unsaid);
    }

    /// <summary>Where the current rows of a conformed entity differ from others, in the columns that both have but for some.</summary>
    /// <param name="entity">The entity, and after it <c>where …</c> where only some of its rows are meant.</param>
    /// <param name="select">A select that gives the rows it should have, as text.</param>
    /// <param name="unsaid">Columns that the vendor cannot say.</param>
    /// <returns>Some rows, each with a sign: minus, it is missing; plus, it should not be there.</returns>
    public async Task<IReadOnlyList<string>> DifferenceAsync(string entity, string select, params string[] unsaid)
    {
        using var engine = Engine.Open(Options);
        engine.SetVariables(new KpiOptions().Variables(VendorCompany.End));
        using var session = engine.Session();
        Models.Value.Define(session);
        var (name, condition) = entity.Split(" where ") is [var first, var rest] ? (first, rest) : (entity, "true");
        var contract = await StageAsync(session, name);
        session.Execute($"create temp table given as from ({EntitySql.Current(contract, "versions")}) where {condition}", Cancel);
        session.Execute($"create temp table text as {select}", Cancel);
        var columns = session.Describe("select * from text").ConvertAll(column => column.Name);
        var compared = contract.Columns.Where(column => columns.Contains(column.Name) && !unsaid.Contains(column.Name)).ToList();
        var expected = compared.Select(column => $"coalesce(try_cast({column.Name} as {(column.Type == "TIMESTAMP" ? "timestamptz" : column.Type)})::{column.Type}, {column.Default ?? "null"}) as {column.Name}");
        session.Execute($"create temp table expected as select {string.Join(", ", expected)} from text", Cancel);
        var names = string.Join(", ", compared.Select(column => column.Name));
        Assert.NotEqual(["0"], session.Query("select count(*)::varchar from expected", reader => reader.GetString(0)));
        return session.Query(
            $"""
            select sign || to_json(row)::varchar from (
                select '-' as sign, row from (from expected except all select {names} from given) as row
                union all
                select '+', row from (select {names} from given except all from expected) as row)
            order by all
            limit 6
            """,
            reader => reader.GetString(0));
    }

    public async ValueTask DisposeAsync()
    {
        await servers.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>Types everything that landed, as a run does: into the table <c>versions</c>.</summary>
    private async Task<Contract> StageAsync(EngineSession session, string entity)
    {
        var raw = await RawFiles.ListAsync(lake, Cancel);
        var models = Models.Value.Models.Values.Where(model => model.Layer == Layer.Staging && model.Stream?.Source == Source && model.Entity == entity).ToList();
        Assert.NotEmpty(models);
        var isMade = false;
        foreach (var model in models)
        {
            foreach (var file in raw.Of(model.Stream!))
            {
                session.Execute(StageSql.RawView(file, Path.Combine(folder.FullName, file.Path.Value), "server"), Cancel);
                var typed = StageSql.Typed(model, model.Contract!, session.Describe(model.Text));
                session.Execute($"{(isMade ? "insert into versions" : "create temp table versions as")} {typed}", Cancel);
                isMade = true;
            }
        }

        Assert.Empty(session.Query("select to_json(row)::varchar from (from versions where rejection is not null limit 3) as row", reader => reader.GetString(0)));
        return models[0].Contract!;
    }
}
