using System.Text;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Tests.Runs;

public sealed class LandingSweepTests : IDisposable
{
    private const string Customers = "id,name\n1,a\n2,b\n";

    private static readonly Dictionary<string, LandingTable> Tables = new(StringComparer.Ordinal) { ["customer"] = LandingTable.OfEntity("customer", new LandingColumns(recordId: ["id"])) };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-test-");
    private readonly FolderLake lake;
    private readonly Clock clock = new();

    public LandingSweepTests() => lake = new FolderLake(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_event_that_comes_twice_or_late_takes_a_file_in_once()
    {
        var file = Put("landing/customer/a.csv", Customers);
        var sweep = Sweep();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sweep.TakeInAsync(RunId.Begin(clock), file, Tables, Cancel))));
        var late = await sweep.TakeInAsync(RunId.Begin(clock), file, Tables, Cancel);

        Assert.Equal(FileOutcome.Landed, Assert.Single(receipts.OfType<FileReceipt>()).Outcome);
        Assert.Null(late);
        Assert.Single(await lake.ListAsync(RawPath.Root, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_sweep_takes_in_what_no_event_told_of_in_any_order()
    {
        var second = Put("landing/customer/b.csv", "id,name\n3,c\n");
        Put("landing/customer/a.csv", Customers);
        await Sweep().TakeInAsync(RunId.Begin(clock), second, Tables, Cancel);

        var receipts = await SweepAsync();

        Assert.Equal(["a.csv"], receipts.Select(receipt => receipt.File));
    }

    [Theory]
    [InlineData(Customers, "a.csv", "3,c\n")]
    [InlineData("{\"id\":1}\n", "a.json", "{\"id\":2}\n")]
    public async Task A_file_that_has_grown_since_it_was_listed_waits(string text, string name, string more)
    {
        var file = Put($"landing/customer/{name}", text);
        Put($"landing/customer/{name}", text + more);

        var receipt = await Sweep().TakeInAsync(RunId.Begin(clock), file, Tables, Cancel);
        var next = await SweepAsync();

        Assert.Null(receipt);
        Assert.Equal(text.Count(character => character == '\n') + (name == "a.csv" ? 0 : 1), Assert.Single(next).Rows);
    }

    [Fact]
    public async Task A_file_waits_until_it_has_not_changed_for_the_time_to_settle_and_while_it_is_called_uploading()
    {
        Put("landing/customer/a.csv", Customers);
        Put("landing/customer/b.csv.uploading", Customers);
        var options = new IntakeOptions { SettleTime = TimeSpan.FromMinutes(2) };

        var early = await SweepAsync(options);
        clock.Passed = TimeSpan.FromMinutes(3);
        var late = await SweepAsync(options);

        Assert.Empty(early);
        Assert.Equal(["a.csv"], late.Select(receipt => receipt.File));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_stops_no_other()
    {
        Put("landing/customer/a.csv", "\u0001\0");
        Put("landing/customer/b.zip", "PK\u0003\u0004broken");
        Put("landing/customer/c.parquet", "PAR1 and no more");
        Put("landing/customer/d.csv", Customers);

        var receipts = await SweepAsync();

        Assert.Equal([FileOutcome.Failed, FileOutcome.Failed, FileOutcome.Failed, FileOutcome.Landed], receipts.Select(receipt => receipt.Outcome));
        Assert.Equal(6, (await lake.ListAsync(LandingSweep.Failed, Cancel).ToListAsync(Cancel)).Count);
    }

    /// <summary>Names that a file of this system can have; Windows has none of them.</summary>
    [Theory]
    [InlineData("customer/'; drop table x; --.csv", true)]
    [InlineData("customer/$(touch x) `id`.csv", true)]
    [InlineData("customer/export 12:30.csv", true)]
    [InlineData("customer/%2e%2e%2fx.csv", true)]
    [InlineData("customer/..\\..\\x.csv", false)]
    [InlineData("customer/a\nb.csv", false)]
    [InlineData("customer'; drop table x; --/a.csv", true)]
    [InlineData("customer/.../a.csv", true)]
    public async Task A_hostile_name_leaves_no_folder_and_stops_no_other_file(string name, bool isTaken)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file names; it runs on Linux.");
        Put($"landing/{name}", Customers);
        Put("landing/customer/plain.csv", "id,name\n9,z\n");

        var receipts = await SweepAsync();

        Assert.Contains(receipts, receipt => receipt is { File: "plain.csv", Outcome: FileOutcome.Landed });
        Assert.Equal(isTaken ? 2 : 1, receipts.Count);
        Assert.Subset(
            new HashSet<string>(StringComparer.Ordinal) { "raw", "landing", "landing-done", "landing-failed", "leases", ".scratch" },
            folder.EnumerateFileSystemInfos().Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LandingSweep Sweep(IntakeOptions? options = null)
    {
        var limits = options ?? new IntakeOptions();
        return new LandingSweep(lake, new FileReader(Options.Create(limits), NullLogger<FileReader>.Instance), new Lander(lake, clock), limits, clock);
    }

    private Task<IReadOnlyList<FileReceipt>> SweepAsync(IntakeOptions? options = null) => Sweep(options).SweepAsync(RunId.Begin(clock), Tables, new NoProgress(), Cancel);

    /// <summary>Puts a file there as another program does, not as the lake does.</summary>
    private LakeFile Put(string path, string text)
    {
        var local = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var file = new FileInfo(local);
        return LakePath.IsPath(path) ? new LakeFile(new LakePath(path), file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null!;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Passed;
    }
}
