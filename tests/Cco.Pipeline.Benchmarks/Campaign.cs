using System.Diagnostics;
using System.Globalization;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Benchmarks;

/// <summary>Measures the whole way with the sample company, each measurement in a process of its own, and prints the table of RESULTS.md.</summary>
internal static class Campaign
{
    private const int Buckets = 8;

    private const int FileRows = 5_000_000;

    private const int Invoices = 1_000_000;

    /// <summary>Models that take less of the time than this are shown as one line.</summary>
    private const double ShownShare = 0.01;

    public static async Task<int> RunAsync(int customers, int months, string folder, int gibibytes)
    {
        Clear(folder);
        await MeasureAsync("file", folder, FileRows);
        var file = await MeasureAsync("intake", folder);
        Clear(folder);
        var bare = await MeasureAsync("bare", folder, Invoices);
        var extract = await MeasureAsync("extract", folder, Invoices);
        Clear(folder);
        var sample = await MeasureAsync("sample", folder, customers, months);
        var intake = await MeasureAsync("intake", folder);
        var script = await MeasureAsync("script", folder, gibibytes);
        var transform = await MeasureAsync("transform", folder, 1, gibibytes);
        var built = await RunReport.LatestFirstAsync(new FolderLake(folder), CancellationToken.None).FirstAsync();
        var run = await MeasureAsync("run", folder);
        var again = await MeasureAsync("run", folder);
        Forget(folder);
        var bucketed = await MeasureAsync("transform", folder, Buckets, gibibytes);
        Print(customers, months, [
            ("sample company written", sample),
            ("intake", intake),
            (string.Create(CultureInfo.InvariantCulture, $"intake of one CSV file of {FileRows:N0} rows"), file),
            (string.Create(CultureInfo.InvariantCulture, $"extract of {Invoices:N0} invoices of 800 bytes over HTTP"), extract),
            ("the same bytes read with HttpClient and Utf8JsonReader", bare),
            ("transform, one plain DuckDB script in memory", script),
            ("transform", transform),
            ($"transform, {Buckets} buckets", bucketed),
            ("publish (a run after the transform)", run),
            ("a second run with nothing new", again),
        ]);
        PrintShares(built);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            - transform / plain script: {transform.Seconds / script.Seconds:0.00} (at most 1.15)
            - {Buckets} buckets / 1: time {bucketed.Seconds / transform.Seconds:0.00} (at most 1.30), peak memory {bucketed.Mebibytes / (double)transform.Mebibytes:0.00} (under 0.33)
            - a second run with nothing new: {again.Seconds:0.00} s (under 2)
            - extract: {extract.Count / extract.Seconds:N0} records/s (at least 25,000), peak memory {extract.Mebibytes:N0} MiB (under 400), {extract.Seconds / bare.Seconds:0.00} x bare reading
            - intake of one file of {FileRows:N0} rows: peak memory {file.Mebibytes:N0} MiB (under 1,000)
            """));
        return 0;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(int customers, int months, IReadOnlyList<(string What, Result Result)> results)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{customers:N0} customers x {months} months, {results[0].Result.Count:N0} rows, {Environment.ProcessorCount} cores\n"));
        Console.WriteLine("| stage | seconds | peak memory MiB |\n| --- | ---: | ---: |");
        foreach (var (what, result) in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {result.Seconds:0.0} | {result.Mebibytes:N0} |"));
        }
    }

    /// <summary>The share that each model has of the time that all took.</summary>
    private static void PrintShares(RunReport transform)
    {
        var all = transform.Models.Sum(model => model.DurationSeconds);
        var shown = transform.Models.Where(model => model.DurationSeconds >= ShownShare * all).OrderByDescending(model => model.DurationSeconds).ToList();
        Console.WriteLine("\n| model | rows | share of the transform |\n| --- | ---: | ---: |");
        foreach (var model in shown)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {model.Name} | {model.Rows:N0} | {model.DurationSeconds / all:P1} |"));
        }

        var others = transform.Models.Count - shown.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {others} others | | {1 - (shown.Sum(model => model.DurationSeconds) / all):P1} |"));
    }

    /// <summary>Deletes what a transform makes.</summary>
    private static void Forget(string folder)
    {
        Directory.Delete(Path.Combine(folder, "stage"), recursive: true);
        Directory.Delete(Path.Combine(folder, "models"), recursive: true);
    }

    private static async Task<Result> MeasureAsync(string what, string folder, params int[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Campaign).Assembly.Location, "measure", what, folder, .. arguments.Select(argument => argument.ToString(CultureInfo.InvariantCulture))])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The measurement '{what}' failed: {output}");
        }

        var parts = output.Trim().Split(' ');
        var result = new Result(double.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-10} {result.Seconds,8:0.0} s {result.Mebibytes,8:N0} MiB {result.Count,12:N0}"));
        return result;
    }

    private sealed record Result(double Seconds, long Mebibytes, long Count);
}
