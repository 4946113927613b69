using System.Diagnostics;
using System.Globalization;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Intake;
using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Sample;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Benchmarks;

/// <summary>One thing measured in this process: prints seconds, peak memory in MiB and a count, then ends.</summary>
internal static class Measurement
{
    public static readonly DateOnly AsOf = new(2026, 1, 1);

    public static async Task<int> RunAsync(string what, string lake, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var count = what switch
        {
            "sample" => await SampleAsync(lake, int.Parse(arguments[0]), int.Parse(arguments[1])),
            "file" => WriteFile(lake, int.Parse(arguments[0])),
            "serve" => await InvoiceServer.ServeAsync(int.Parse(arguments[0])),
            "extract" => await ExtractMeasurement.LandAsync(lake, int.Parse(arguments[0])),
            "bare" => await ExtractMeasurement.BareAsync(int.Parse(arguments[0])),
            "intake" => await PipelineAsync(lake, RunStage.Intake, new TransformOptions()),
            "transform" => await PipelineAsync(lake, RunStage.Transform, On(int.Parse(arguments[1]), new TransformOptions { Buckets = int.Parse(arguments[0]), MemoryLimit = arguments.ElementAtOrDefault(2) })),
            "run" => await PipelineAsync(lake, null, new TransformOptions()),
            "script" => await PlainScript.RunAsync(new FolderLake(lake), AsOf, On(int.Parse(arguments[0]), new TransformOptions()), arguments.ElementAtOrDefault(1)),
            _ => throw new ArgumentException($"There is no measurement '{what}'.", nameof(what)),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} {PeakMebibytes()} {count}"));
        return 0;
    }

    /// <summary>The settings on a machine with so much memory; 0: this one.</summary>
    private static TransformOptions On(int gibibytes, TransformOptions transform)
    {
        transform.MachineBytes = gibibytes == 0 ? transform.MachineBytes : (long)gibibytes << 30;
        return transform;
    }

    private static long PeakMebibytes() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) / 1024
        : Process.GetCurrentProcess().PeakWorkingSet64 >> 20;

    private static async Task<long> SampleAsync(string lake, int customers, int months)
    {
        var folder = Path.Combine(lake, "landing");
        Directory.CreateDirectory(folder);
        var truth = await new SampleCompany(new SampleOptions { Customers = customers, Months = months, End = AsOf }).WriteAsync(folder, progress: null, CancellationToken.None);
        foreach (var file in truth.Files)
        {
            Directory.CreateDirectory(Path.Combine(folder, file.Entity));
            File.Move(file.Path, Path.Combine(folder, file.Entity, Path.GetFileName(file.Path)));
        }

        return truth.Files.Sum(file => file.Rows);
    }

    /// <summary>One dropped file of so many payments.</summary>
    private static long WriteFile(string lake, int rows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(lake, "landing", "payment")).FullName;
        using var file = new StreamWriter(Path.Combine(folder, "payments.csv"));
        file.Write("payment_id,customer_id,invoice_id,currency,amount,status,payment_method,paid_at\n");
        for (var row = 0; row < rows; row++)
        {
            file.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"pay_{row:D9},cus_{row % 100_003:D6},inv_{row:D9},EUR,{row % 99_991 / 100m:0.00},succeeded,\"card, \"\"stored\"\"\",2025-{(row % 12) + 1:D2}-15T10:20:30Z\n"));
        }

        return rows;
    }

    private static async Task<long> PipelineAsync(string folder, RunStage? only, TransformOptions transform)
    {
        var time = TimeProvider.System;
        var lake = new FolderLake(folder);
        var kpis = new KpiOptions();
        var reader = new FileReader(Options.Create(new IntakeOptions()), NullLogger<FileReader>.Instance);
        var lander = new Lander(lake, time);
        var context = new RunContext(transform, kpis, time, NullLogger<PipelineRun>.Instance);
        var transformer = new Transformer(lake, transform, kpis, time);
        var run = new PipelineRun(
            lake,
            new SourceSweep(lake, lander, new SourceRegistry([SourceRegistry.Delivered], [], new ExtractOptions(), time), context, NullLogger<SourceSweep>.Instance),
            new LandingSweep(lake, reader, lander, new IntakeOptions(), time),
            transformer,
            new QuarantineGate(lake, new QuarantineOptions(), transform),
            new Restatements(lake, lander, transformer, context),
            new Publisher(lake, transform, time),
            context);
        var report = await run.RunAsync(new RunRequest(AsOf, only), new NoProgress(), CancellationToken.None);
        return report.Status == RunStatus.Succeeded
            ? report.Files.Sum(file => file.Rows) + report.Models.Count(model => model.Outcome == BuildOutcome.Built)
            : throw new InvalidOperationException($"{report.Error}\n{string.Join('\n', report.Models.Select(model => model.Error).OfType<string>())}");
    }
}
