using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Tests.Extract;

public sealed class ExportTests
{
    private const string Stream =
        """
          order:
            description: An order.
            method: post
            path: /exports
            body: { from: { window: from }, format: ndjson }
            id: [id]
            updated_at: values/at
            incremental: { first_window: 30.00:00:00, lookback: 00:00:00 }
            export:
              id: result/job
              status_path: /exports/{id}
              status: result/status
              done: [complete]
              failed: [failed]
              file: result/file
              file_path: /exports/{id}/{file}/content
              interval: 00:00:00.010
              timeout: 00:00:00.300
        """;

    private const string Table =
        """
          order:
            description: A rate.
            path: /rates
            format: csv
            query: { from: { window: from, format: day } }
            id: [currency, day]
            updated_at: day
            incremental: { first_window: 30.00:00:00, lookback: 00:00:00 }
        """;

    [Fact]
    public async Task A_file_is_asked_for_waited_for_fetched_and_read()
    {
        await using var server = await ExporterAsync("inProgress", "inProgress", "complete");
        using var world = new SourceWorld(server, Stream);

        var receipt = await world.ReadAsync();

        Assert.Equal(["a", "b"], world.Landed());
        Assert.Equal(["POST /exports", "GET /exports/j1", "GET /exports/j1", "GET /exports/j1", "GET /exports/j1/f1/content"], server.Asked.Select(asked => $"{asked.Method} {asked.Path}"));
        Assert.Equal("""{"from":"2026-01-01T00:00:00Z","format":"ndjson"}""", server.Asked.First().Body);
        Assert.Equal(["a|2026-01-02 03:04:05"], SourceWorld.Query($"select record_id, updated_at::varchar from {world.Raw()} where record_id = 'a'"));
        Assert.Equal(1, receipt.Files);
    }

    [Fact]
    public async Task A_file_that_the_vendor_cannot_prepare_is_an_error()
    {
        await using var server = await ExporterAsync("inProgress", "failed");
        using var world = new SourceWorld(server, Stream);

        Assert.Contains("the vendor could not prepare the file: it is 'failed'", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_never_gets_ready_is_an_error()
    {
        await using var server = await ExporterAsync("inProgress");
        using var world = new SourceWorld(server, Stream);

        Assert.Contains("the file was not ready after 00:00:00.3000000: it is 'inProgress'", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_line_is_no_records()
    {
        await using var server = await ExporterAsync([], "complete");
        using var world = new SourceWorld(server, Stream);

        Assert.Equal(0, (await world.ReadAsync()).Rows);
    }

    [Fact]
    public async Task A_table_is_read_by_its_header()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "text/csv";
            await context.Response.WriteAsync("currency,day,rate\nUSD,2026-01-02,1.1\n\"GBP\",2026-01-02,0.9\n");
        });
        using var world = new SourceWorld(server, Table);

        await world.ReadAsync();

        Assert.Equal("2026-01-01", server.Asked.Single()["from"]);
        Assert.Equal(
            ["""GBP|2026-01-02|{"currency":"GBP","day":"2026-01-02","rate":"0.9"}""", """USD|2026-01-02|{"currency":"USD","day":"2026-01-02","rate":"1.1"}"""],
            SourceWorld.Query($"select record_id, payload from {world.Raw()} order by record_id"));
    }

    [Fact]
    public async Task An_empty_table_is_no_records()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = "text/csv";
            return Task.CompletedTask;
        });
        using var world = new SourceWorld(server, Table);

        Assert.Equal(0, (await world.ReadAsync()).Rows);
    }

    /// <summary>Tells so when it is looked at, the last again and again; the file is a zip of JSON lines.</summary>
    private static async Task<LoopbackServer> ExporterAsync(params string[] statuses) => await ExporterAsync(await ZipAsync(), statuses);

    private static Task<LoopbackServer> ExporterAsync(byte[] file, params string[] statuses)
    {
        var looks = 0;
        return LoopbackServer.StartAsync(async (context, asked) =>
        {
            if (asked.Path.EndsWith("/content", StringComparison.Ordinal))
            {
                context.Response.ContentType = "application/zip";
                await context.Response.Body.WriteAsync(file);
                return;
            }

            var status = asked.Method == "POST" ? "inProgress" : statuses[Math.Min(looks++, statuses.Length - 1)];
            await LoopbackServer.JsonAsync(context, $$$"""{"result":{"job":"j1","status":"{{{status}}}","file":{{{(status == "complete" ? "\"f1\"" : "null")}}}}}""");
        });
    }

    private static async Task<byte[]> ZipAsync()
    {
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await zip.CreateEntry("answers.ndjson").OpenAsync();
            await entry.WriteAsync(Encoding.UTF8.GetBytes("""{"id":"a","values":{"at":"2026-01-02T03:04:05Z"}}""" + "\n" + """{"id":"b","values":{}}""" + "\n"));
        }

        return packed.ToArray();
    }
}
