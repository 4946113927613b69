using System.Diagnostics;
using System.Globalization;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Benchmarks;

/// <summary>The lake in a storage account against the account's bare client with the same parallelism, and the planning of many small files.</summary>
internal static class LakeMeasurement
{
    private const int Seed = 1;

    /// <summary>Measures and prints.</summary>
    /// <param name="container">The address of a container that nobody else uses.</param>
    /// <param name="connection">How to sign in.</param>
    /// <param name="files">Files that are sent and received.</param>
    /// <param name="mebibytes">The size of each.</param>
    /// <param name="small">Raw files that are listed and planned.</param>
    public static async Task<int> RunAsync(string container, string connection, int files, int mebibytes, int small)
    {
        var folder = Directory.CreateTempSubdirectory("cco-lake-benchmark-");
        try
        {
            var options = new LakeOptions { Container = container, ConnectionString = connection, Cache = Path.Combine(folder.FullName, "sent") };
            var bare = new BlobContainerClient(connection, new Uri(container).Segments[^1]);
            await bare.CreateIfNotExistsAsync();
            var local = Write(folder.FullName, files, mebibytes);
            var sentBarely = await TimeAsync(files, options.Parallelism, (file, token) => SendAsync(bare, $"bare/{file}", local[file], options, token));
            var lake = LakeAddress.Of(options).Open(options, TimeProvider.System);
            var sent = await TimeAsync(files, options.Parallelism, (file, token) => lake.ImportAsync(local[file], new LakePath($"models/{file}"), token));
            var receivedBarely = await TimeAsync(files, options.Parallelism, (file, token) => bare.GetBlobClient($"bare/{file}").DownloadToAsync(Path.Combine(folder.FullName, $"bare-{file}"), token));
            options.Cache = Path.Combine(folder.FullName, "received");
            lake = LakeAddress.Of(options).Open(options, TimeProvider.System);
            var received = await TimeAsync(files, options.Parallelism, (file, token) => lake.LocalAsync(new LakePath($"models/{file}"), token));
            await TimeAsync(small, 32, (file, token) => lake.WriteOnceAsync(
                new LakePath($"raw/file/payment/extract_date=2026-01-01/20260101t000000000z-{file:x4}-{file:x8}.parquet"), (_, _) => Task.CompletedTask, token));
            var planned = await TimeAsync(1, 1, (_, token) => PlanAsync(lake, token));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {files} files of {mebibytes} MiB
                sent      {sent:0.00} s, barely {sentBarely:0.00} s: {sentBarely / sent:P0} of the speed (at least 80 %)
                received  {received:0.00} s, barely {receivedBarely:0.00} s: {receivedBarely / received:P0} of the speed (at least 80 %)
                {small:N0} raw files listed and planned in {planned:0.00} s (10,000: under 5)
                """));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> TimeAsync(int count, int parallelism, Func<int, CancellationToken, Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = parallelism }, (item, token) => new ValueTask(work(item, token)));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task SendAsync(BlobContainerClient container, string name, string file, LakeOptions options, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        await container.GetBlobClient(name).UploadAsync(
            content,
            new BlobUploadOptions { TransferOptions = new StorageTransferOptions { InitialTransferSize = 32 << 20, MaximumTransferSize = 8 << 20, MaximumConcurrency = options.Parallelism / 2 } },
            cancellationToken);
    }

    private static async Task PlanAsync(ILake lake, CancellationToken cancellationToken)
    {
        var transform = new TransformOptions();
        var raw = await RawFiles.ListAsync(lake, cancellationToken);
        using var engine = Engine.Open(transform);
        BuildPlan.Of(CatalogReader.Read(transform), raw, new KpiOptions().Variables(Measurement.AsOf), engine.Version);
    }

    private static List<string> Write(string folder, int files, int mebibytes)
    {
        var random = new Random(Seed);
        var bytes = new byte[1 << 20];
        return [.. Enumerable.Range(0, files).Select(number =>
        {
            var file = Path.Combine(folder, $"{number}.parquet");
            using var content = File.Create(file);
            for (var mebibyte = 0; mebibyte < mebibytes; mebibyte++)
            {
                random.NextBytes(bytes);
                content.Write(bytes);
            }

            return file;
        })];
    }
}
