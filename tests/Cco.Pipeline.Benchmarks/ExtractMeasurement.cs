using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cco.Pipeline.Benchmarks;

/// <summary>Reads the invoices of <see cref="InvoiceServer"/>: as a source that lands, or as barely as it can be done.</summary>
internal static class ExtractMeasurement
{
    private const string Description =
        """
        source: provider
        title: Provider
        kind: billing
        documentation: https://example.com
        setup: [None.]
        base_url: http://127.0.0.1
        limits: { requests_per_second: 1000 }
        test: { path: / }
        streams:
          invoice:
            description: An invoice.
            path: /v1/invoices
            query: { limit: 100 }
            records: data
            id: [id]
            updated_at: created
            updated_at_format: unix
            paging: { kind: keyset, parameter: starting_after, field: id, stop: flag, more: has_more }
            detects_deletions: false
        """;

    /// <summary>From the first request to the last raw file.</summary>
    public static async Task<long> LandAsync(string folder, int invoices)
    {
        using var server = Serve(invoices, out var address);
        var sources = Directory.CreateDirectory(Path.Combine(folder, "sources")).FullName;
        await File.WriteAllTextAsync(Path.Combine(sources, "provider.yaml"), Description);
        var lake = new FolderLake(folder);
        var time = TimeProvider.System;
        var registry = new SourceRegistry([sources], new SourcesOptions { ["provider"] = new() { BaseUrl = address } }, new ExtractOptions(), time);
        var context = new RunContext(new TransformOptions(), new KpiOptions(), time, NullLogger<PipelineRun>.Instance);
        var sweep = new SourceSweep(lake, new Lander(lake, time), registry, context, NullLogger<SourceSweep>.Instance);
        var receipt = (await sweep.SweepAsync(RunId.Begin(time), new RunRequest(), new NoProgress(), CancellationToken.None)).Single();
        server.Kill();
        return receipt.Error is null ? receipt.Rows : throw new InvalidOperationException(receipt.Error);
    }

    /// <summary>The same bytes, and every token of them looked at, and nothing else.</summary>
    public static async Task<long> BareAsync(int invoices)
    {
        using var server = Serve(invoices, out var address);
        using var http = new HttpClient();
        var (count, last) = (0L, (string?)null);
        do
        {
            var body = await http.GetByteArrayAsync(new Uri(address, $"/v1/invoices?limit=100{(last is null ? "" : $"&starting_after={last}")}"));
            (var found, last) = Read(body);
            count += found;
        }
        while (last is not null);
        server.Kill();
        return count;
    }

    /// <summary>The records of a page, and the id of the last where there is more.</summary>
    private static (int Count, string? Last) Read(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var (count, last, isMore) = (0, (string?)null, false);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 3 && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                count++;
                last = reader.GetString();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("has_more"u8))
            {
                reader.Read();
                isMore = reader.GetBoolean();
            }
        }

        return (count, isMore ? last : null);
    }

    private static Process Serve(int invoices, out Uri address)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ExtractMeasurement).Assembly.Location, "measure", "serve", "-", invoices.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false };
        var server = Process.Start(start)!;
        address = new Uri(server.StandardOutput.ReadLine()!);
        return server;
    }
}
