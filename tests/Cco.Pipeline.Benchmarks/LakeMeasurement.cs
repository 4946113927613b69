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
    private const int Rounds = 5;

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
            var rounds = new List<Round>();
            for (var round = 0; round < Rounds; round++)
            {
                rounds.Add(await RoundAsync(bare, options, folder, files, mebibytes));
            }

            var lake = LakeAddress.Of(options).Open(options, TimeProvider.System);
            await TimeAsync(small, 32, (file, token) => lake.WriteOnceAsync(
                new LakePath($"raw/file/payment/extract_date=2026-01-01/20260101t000000000z-{file:x4}-{file:x8}.parquet"), (_, _) => Task.CompletedTask, token));
            var planned = await TimeAsync(1, 1, (_, token) => PlanAsync(lake, token));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {files} files of {mebibytes} MiB, the median of {Rounds} rounds
                sent      {Median(rounds, round => round.Sent):0.00} s, barely {Median(rounds, round => round.SentBarely):0.00} s: {Median(rounds, round => round.SentBarely / round.Sent):P0} of the speed (at least 80 %)
                received  {Median(rounds, round => round.Received):0.00} s, barely {Median(rounds, round => round.ReceivedBarely):0.00} s: {Median(rounds, round => round.ReceivedBarely / round.Received):P0} of the speed (at least 80 %)
                {small:N0} raw files listed and planned in {planned:0.00} s (10,000: under 5)
                """));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Sends files, and receives them where nobody has them yet: one way and the other in turn, since machines change their speed.</summary>
    private static async Task<Round> RoundAsync(BlobContainerClient bare, LakeOptions options, DirectoryInfo folder, int files, int mebibytes)
    {
        var local = Write(folder.FullName, files, mebibytes);
        var lake = LakeAddress.Of(options).Open(options, TimeProvider.System);
        var sentBarely = await TimeAsync(files, options.Parallelism, (file, token) => SendAsync(bare, $"bare/{file}", local[file], options, token));
        var sent = await TimeAsync(files, options.Parallelism, (file, token) => lake.ImportAsync(local[file], new LakePath($"models/{file}"), token));
        var target = Directory.CreateTempSubdirectory("cco-lake-received-");
        try
        {
            var fresh = new LakeOptions { Container = options.Container, ConnectionString = options.ConnectionString, Cache = Path.Combine(target.FullName, "cache") };
            lake = LakeAddress.Of(fresh).Open(fresh, TimeProvider.System);
            var receivedBarely = await TimeAsync(files, options.Parallelism, (file, token) => bare.GetBlobClient($"bare/{file}").DownloadToAsync(Path.Combine(target.FullName, $"{file}"), token));
            var received = await TimeAsync(files, options.Parallelism, (file, token) => lake.LocalAsync(new LakePath($"models/{file}"), token));
            return new Round(sent, sentBarely, received, receivedBarely);
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(Rounds / 2);

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

    /// <summary>Seconds.</summary>
    private sealed record Round(double Sent, double SentBarely, double Received, double ReceivedBarely);
}
