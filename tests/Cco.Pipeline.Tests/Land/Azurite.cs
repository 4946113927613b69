using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Cco.Pipeline.Land;

[assembly: AssemblyFixture(typeof(Cco.Pipeline.Tests.Land.Azurite))]

namespace Cco.Pipeline.Tests.Land;

/// <summary>The storage emulator: one process a service for all tests of an assembly, started when the first asks for it. Each test has containers of its own.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Ready = "successfully listens on ";
    private const string Blob = "blob";
    private const string Queue = "queue";

    /// <summary>The emulator's account and key, which are the same everywhere.</summary>
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Lazy<Task<Uri>> address;
    private readonly Lazy<Task<Uri>> queues;
    private readonly DirectoryInfo caches = Directory.CreateTempSubdirectory("cco-azurite-");
    private readonly ConcurrentBag<Process> processes = [];
    private int lakes;

    public Azurite() => (address, queues) = (new Lazy<Task<Uri>>(() => StartAsync(Blob)), new Lazy<Task<Uri>>(() => StartAsync(Queue)));

    /// <summary>Where it listens.</summary>
    internal Task<Uri> AddressAsync() => address.Value;

    /// <summary>How its queues are reached.</summary>
    internal async Task<string> QueueConnectionAsync() => $"DefaultEndpointsProtocol=http;{Account};QueueEndpoint={await queues.Value}devstoreaccount1";

    /// <summary>The settings of a lake that nobody has used, on a machine that has no copies of it.</summary>
    /// <param name="by">Where it is reached, if not directly.</param>
    internal async Task<LakeOptions> NewLakeAsync(Uri? by = null)
    {
        var number = Interlocked.Increment(ref lakes);
        return Reached(new LakeOptions { Container = $"/lake-{number}", Cache = Path.Combine(caches.FullName, $"{number}") }, by ?? await AddressAsync());
    }

    /// <summary>The settings of the same lake, reached by another way.</summary>
    internal static LakeOptions Reached(LakeOptions lake, Uri by) => new()
    {
        Container = $"{by}devstoreaccount1/{lake.Container![(lake.Container!.LastIndexOf('/') + 1)..]}",
        ConnectionString = $"DefaultEndpointsProtocol=http;{Account};BlobEndpoint={by}devstoreaccount1",
        Cache = lake.Cache,
        RequestTimeout = TimeSpan.FromSeconds(5),
        RetryDelay = TimeSpan.FromMilliseconds(5),
    };

    /// <summary>The lake of such settings.</summary>
    internal static ILake Open(LakeOptions options) => LakeAddress.Of(options).Open(options, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        caches.Delete(recursive: true);
    }

    private async Task<Uri> StartAsync(string service)
    {
        var program = Path.Combine(Folder(), $"node_modules/azurite/dist/src/{service}/main.js");
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"The storage emulator is not installed: run 'npm ci' in {Folder()}, as './cco test' does.", program);
        }

        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(
                "node", [program, $"--{service}Host", "127.0.0.1", $"--{service}Port", "0", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"])
            { RedirectStandardOutput = true, UseShellExecute = false })!;
            processes.Add(process);
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no Node.js, which the storage emulator needs. This runs where 'node' is on the PATH.");
        }

        while (await process!.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var start)
            {
                return new Uri(line[(start + Ready.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The storage emulator ended before it listened.");
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cco.Pipeline.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"There is no Cco.Pipeline.sln above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(folder.FullName, "tests", "Azurite");
    }
}
