using System.Text.Json;
using Azure.Storage.Queues;
using Cco.Pipeline.Functions;
using Cco.Pipeline.Tests.Extract;
using Cco.Pipeline.Tests.Land;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Tests.Functions;

/// <summary>A backfill from the request that starts it to the marts, by the messages of a real queue.</summary>
public sealed class BackfillQueueTests(Azurite azurite) : IAsyncLifetime
{
    private LoopbackServer server = null!;
    private FunctionsApp app = null!;
    private QueueClient queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var connection = await azurite.QueueConnectionAsync();
        queue = new QueueClient(connection, WindowMessage.Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        server = await LoopbackServer.OfJsonAsync(asked => $$"""[{ "id": "{{asked["from"]}}" }]""");
        app = new FunctionsApp([new("AzureWebJobsStorage", connection), new("Sources:orders:BaseUrl", $"{server.Address}")]);
        app.AddToModels("sources/orders.yaml", """
            source: orders
            title: Orders
            kind: other
            documentation: https://example.com/docs
            setup: [Nothing is needed.]
            base_url: https://example.com
            test: { path: /ping }
            streams:
              order:
                description: An order.
                path: /orders
                query: { from: { window: from, format: day } }
                id: [id]
                incremental: { first_window: 30.00:00:00 }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        app.Dispose();
        await server.DisposeAsync();
        await queue.DeleteIfExistsAsync(Cancel);
    }

    [Fact]
    public async Task Each_window_has_a_message_that_may_come_twice_and_the_last_one_publishes_once()
    {
        var started = await StartAsync();
        var messages = await MessagesAsync();

        foreach (var message in messages.Concat(messages))
        {
            await app.ReadWindowAsync(message);
        }

        var (status, report) = await app.AskAsync("GET", $"/api/backfills/{started}");
        Assert.Equal(3, messages.Count);
        Assert.Equal((StatusCodes.Status200OK, "succeeded"), (status, report.GetProperty("status").GetString()));
        Assert.Equal(["2025-01-01", "2025-02-01", "2025-03-01"], server.Asked.Select(asked => asked["from"]));
        Assert.Equal(report.GetProperty("result").GetProperty("run_id").GetString(), Assert.Single(await app.ReportsAsync()).Id);
    }

    [Fact]
    public async Task A_window_that_the_host_gives_up_shows_in_the_backfill_and_has_a_message_again_when_it_is_tried_again()
    {
        var started = await StartAsync();
        var messages = await MessagesAsync();
        await app.ReadWindowAsync(messages[0]);
        await app.ReadWindowAsync(messages[1]);
        await app.GiveUpWindowAsync(messages[2]);
        var (_, failed) = await app.AskAsync("GET", $"/api/backfills/{started}");

        var (retried, _) = await app.AskAsync("POST", $"/api/backfills/{started}/retry");
        var again = Assert.Single(await MessagesAsync());

        Assert.Equal(("failed", 1), (failed.GetProperty("status").GetString(), failed.GetProperty("failed").GetInt32()));
        Assert.Contains("five attempts", failed.GetProperty("windows").GetProperty($"{WindowMessage.Parse(messages[2]).Window}").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((StatusCodes.Status200OK, messages[2]), (retried, again));
        Assert.Equal("running", (await app.AskAsync("GET", $"/api/backfills/{started}")).Answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Windows_whose_messages_were_never_sent_have_them_when_nothing_has_been_heard_for_a_while()
    {
        var started = await StartAsync();
        var messages = await MessagesAsync();
        await app.ReadWindowAsync(messages[1]);
        var early = await app.RemindAsync(TimeSpan.FromHours(1));

        var late = await app.RemindAsync(TimeSpan.Zero);

        Assert.Empty(early);
        Assert.Equal([started], late);
        Assert.Equal([messages[0], messages[2]], await MessagesAsync());
        await app.ReadWindowAsync(messages[0]);
        await app.ReadWindowAsync(messages[2]);
        Assert.Empty(await app.RemindAsync(TimeSpan.Zero));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task What_names_no_window_is_refused_and_shown(string message)
    {
        var refused = await Assert.ThrowsAsync<JsonException>(() => app.ReadWindowAsync(message));

        Assert.Contains($"'{message}'", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string> StartAsync()
    {
        var (status, answer) = await app.AskAsync("POST", "/api/backfills", """{"source":"orders","from":"2025-01","to":"2025-03"}""");
        Assert.Equal(StatusCodes.Status201Created, status);
        return answer.GetProperty("backfill").GetProperty("id").GetString()!;
    }

    /// <summary>The messages that wait, by window; taken out of the queue.</summary>
    private async Task<IReadOnlyList<string>> MessagesAsync()
    {
        var messages = new List<string>();
        while ((await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value is { } message)
        {
            messages.Add(message.MessageText);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        }

        return [.. messages.OrderBy(message => WindowMessage.Parse(message).Window)];
    }
}
