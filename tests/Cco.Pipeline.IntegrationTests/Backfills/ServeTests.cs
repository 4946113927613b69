using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.Backfills;

/// <summary><c>cco serve</c>, as a service of one machine runs it.</summary>
public sealed class ServeTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task It_works_on_what_is_asked_for_over_HTTP_and_takes_in_what_is_dropped()
    {
        await using var vendor = await OrderVendor.StartAsync(40);
        using var installation = vendor.Install(1);
        installation.Environment["CCO_Schedules__SweepLanding"] = "* * * * * *";
        installation.Drop("order_line", "orders.csv", Shop.Orders);
        await using var service = installation.Start("serve", "--listen", "http://127.0.0.1:0");
        using var client = await ClientAsync(service);

        var started = await client.PostAsJsonAsync("backfills", new { source = "vendor", from = "2023-01", to = "2023-02" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        var report = await EndedAsync(client, started.Headers.Location!);
        var run = await client.GetFromJsonAsync<JsonElement>($"runs/{report.Result!.RunId}", Cancel);
        var marts = await client.GetAsync("marts", Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, "marts") { Headers = { IfNoneMatch = { marts.Headers.ETag! } } };
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "runs") { Headers = { Host = "example.com" } };
        var (known, refused) = ((await client.SendAsync(again, Cancel)).StatusCode, (await client.SendAsync(foreign, Cancel)).StatusCode);
        while (Directory.EnumerateFiles(installation.InLake("landing/order_line")).Any())
        {
            await Task.Delay(Moment, Cancel);
        }

        await service.StopAsync();
        var ended = await service.EndAsync();

        Assert.Equal((BackfillStatus.Succeeded, 40 * OrderVendor.OrdersOfDay), (report.Status, report.Rows));
        Assert.True(run.GetProperty("published").GetBoolean());
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.MisdirectedRequest), (known, refused));
        Assert.Equal($"{40 * OrderVendor.OrdersOfDay}", Assert.Single(await installation.QueryAsync("select count(*) from fct_order where order_id like 's01-%'")));
        Assert.True(ended.Code == 0, ended.Everything);
    }

    [Fact(Timeout = 120_000)]
    public async Task With_a_key_nothing_is_told_without_it_but_that_it_lives()
    {
        using var installation = Shop.Install();
        var file = installation.Write("key", "open sesame\n");
        await using var service = installation.Start("serve", "--listen", "http://0.0.0.0:0", "--key-file", file);
        using var client = await ClientAsync(service);

        var (health, without) = ((await client.GetAsync("health", TestContext.Current.CancellationToken)).StatusCode, await client.GetAsync("runs", Cancel));
        client.DefaultRequestHeaders.Add("x-functions-key", "open sesame");
        var with = (await client.GetAsync("runs", Cancel)).StatusCode;
        var open = await installation.CallAsync("serve", "--listen", "http://0.0.0.0:0");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (health, without.StatusCode, with));
        Assert.Equal("application/problem+json", without.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, open.Code);
        Assert.Contains("--key-file", open.Errors, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> ClientAsync(CcoProcess service)
    {
        var address = (await service.SaidAsync("listening on "))["listening on ".Length..].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        return new HttpClient { BaseAddress = new Uri(address + "/") };
    }

    private static async Task<BackfillReport> EndedAsync(HttpClient client, Uri place)
    {
        while (true)
        {
            var report = (await client.GetFromJsonAsync<BackfillReport>(place, PipelineJson.Readable, Cancel))!;
            if (report.IsEnded)
            {
                return report;
            }

            await Task.Delay(Moment, Cancel);
        }
    }
}
