using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>What vendors' servers do on bad days. For each: what becomes of it is as documented, and no record is lost or doubled.</summary>
public sealed class HostileServerTests
{
    private const string Paging = "{ kind: cursor, parameter: cursor, token: next }";

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_burst_of_failures_that_pass_is_waited_out(int status)
    {
        await using var server = await TroubledAsync((context, attempt) => attempt is >= 2 and <= 4 ? () => LoopbackServer.JsonAsync(context, "{}", status) : null);
        using var world = new SourceWorld(server, Stream());

        var receipt = await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
        Assert.Equal(3, receipt.Retries);
        Assert.Equal(6, receipt.Requests);
    }

    [Fact]
    public async Task A_wait_that_the_vendor_asks_for_is_kept()
    {
        await using var server = await TroubledAsync((context, attempt) =>
        {
            context.Response.Headers.RetryAfter = "1";
            return attempt == 2 ? () => LoopbackServer.JsonAsync(context, "{}", 429) : null;
        });
        using var world = new SourceWorld(server, Stream());

        var receipt = await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
        Assert.Equal(1, receipt.WaitedSeconds, 3);
    }

    [Fact]
    public async Task What_the_vendor_has_left_is_not_exceeded()
    {
        await using var server = await TroubledAsync((context, attempt) =>
        {
            (context.Response.Headers["X-Left"], context.Response.Headers["X-Reset"]) = (attempt == 2 ? "0" : "9", "1");
            return null;
        });
        using var world = new SourceWorld(server, Stream());

        var receipt = await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
        Assert.Equal(1, receipt.WaitedSeconds, 3);
    }

    [Fact]
    public async Task Failures_that_do_not_pass_fail_the_stream_and_the_next_run_goes_on()
    {
        var isDown = true;
        await using var server = await TroubledAsync((context, attempt) => isDown && attempt >= 2 ? () => LoopbackServer.JsonAsync(context, """{"error":"overloaded"}""", 503) : null);
        using var world = new SourceWorld(server, Stream());

        var error = await world.FailAsync();

        Assert.Contains("shop.order, page 2: the vendor answered 503: {\"error\":\"overloaded\"}", error, StringComparison.Ordinal);
        Assert.Equal(["a"], world.Landed());
        isDown = false;
        await world.ReadAsync();
        Assert.Equal(["a", "b", "c"], world.Landed());
    }

    [Theory]
    [InlineData(401, "The credentials were not accepted")]
    [InlineData(403, "lack a permission")]
    [InlineData(404, "nothing at that address")]
    [InlineData(400, "the vendor answered 400")]
    public async Task A_refusal_is_not_asked_again(int status, string says)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => LoopbackServer.JsonAsync(context, "{}", status));
        using var world = new SourceWorld(server, Stream());

        Assert.Contains(says, await world.FailAsync(), StringComparison.Ordinal);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_for_again()
    {
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => BreakOffAsync(context) : null);
        using var world = new SourceWorld(server, Stream());

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
    }

    [Fact]
    public async Task A_compressed_body_that_is_cut_is_asked_for_again()
    {
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => GzipAsync(context, """{"items":[{"id":"b"}],"next":"2"}"""u8.ToArray(), cut: 12) : null);
        using var world = new SourceWorld(server, Stream());

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
    }

    [Fact]
    public async Task A_slow_body_is_given_up_and_asked_for_again()
    {
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => NeverAsync(context) : null);
        using var world = new SourceWorld(server, Stream());
        world.Limit("attempt_timeout: 00:00:01");

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
    }

    [Fact]
    public async Task A_bomb_is_refused()
    {
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => GzipAsync(context, new byte[64 << 20]) : null);
        using var world = new SourceWorld(server, Stream()) { Options = new() { MaxAnswerBytes = 1 << 20, RetryDelay = TimeSpan.FromMilliseconds(1) } };

        Assert.Contains("The answer is larger than 1,048,576 bytes", await world.FailAsync(), StringComparison.Ordinal);
        Assert.Equal(["a"], world.Landed());
    }

    [Theory]
    [InlineData("""{"items":[{"id":"b"},""", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("""{"items":[{"id":"b"}]} and more""", "is not JSON")]
    [InlineData("""{"items":"none"}""", "expected a list of records, not a text")]
    [InlineData("""{"items":[1]}""", "expected a record, which is an object, not a number")]
    [InlineData("""{"data":[]}""", "there is no 'items' in the answer")]
    [InlineData("""["b"]""", "expected an object with 'items' in it, not a list")]
    public async Task What_is_not_the_documented_json_fails_the_stream(string body, string says)
    {
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => LoopbackServer.JsonAsync(context, body) : null);
        using var world = new SourceWorld(server, Stream());

        var error = await world.FailAsync();

        Assert.StartsWith("shop.order, page 2: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Equal(["a"], world.Landed());
    }

    [Fact]
    public async Task A_page_to_sign_in_is_not_taken_for_data()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<html><title>Sign in</title></html>");
        });
        using var world = new SourceWorld(server, Stream());

        Assert.Contains("the answer is a page of HTML, perhaps to sign in", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payloads_stay_as_they_came()
    {
        const string Odd = """{ "id" : "b", "n": 123456789012345678901234567890.12345, "x": [1, {"y": "\u00e9 \"q\""}], "id2": null, "t": 1 }""";
        await using var server = await TroubledAsync((context, attempt) => attempt == 2 ? () => LoopbackServer.JsonAsync(context, $$"""{"next":"2","items":[{{Odd}}]}""") : null);
        using var world = new SourceWorld(server, Stream());

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
        Assert.Equal([Odd], SourceWorld.Query($"select payload from {world.Raw()} where record_id = 'b'"));
    }

    [Fact]
    public async Task A_time_of_change_that_cannot_be_read_is_that_of_the_reading()
    {
        await using var server = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a","at":"2026-01-02T03:04:05Z"},{"id":"b","at":17},{"id":"c","at":null},{"id":"d","at":{"x":1}}]}""");
        using var world = new SourceWorld(server, Stream("{ kind: none }", "updated_at: at"));

        await world.ReadAsync();

        Assert.Equal(
            ["a|2026-01-02 03:04:05", "b|2026-01-10 12:00:00", "c|2026-01-10 12:00:00", "d|2026-01-10 12:00:00"],
            SourceWorld.Query($"select record_id, updated_at::varchar from {world.Raw()} order by record_id"));
    }

    [Fact]
    public async Task A_record_that_comes_on_two_pages_has_both_its_versions()
    {
        await using var server = await LoopbackServer.OfJsonAsync(asked => asked["cursor"] is null
            ? """{"items":[{"id":"a","v":1},{"id":"b","v":1}],"next":"1"}"""
            : """{"items":[{"id":"b","v":2},{"id":"c","v":1}]}""");
        using var world = new SourceWorld(server, Stream());

        await world.ReadAsync();

        Assert.Equal(["a", "b", "b", "c"], world.Landed());
    }

    [Fact]
    public async Task Credentials_do_not_follow_to_another_host()
    {
        await using var other = await LoopbackServer.OfJsonAsync(_ => """{"items":[{"id":"a"}]}""");
        await using var server = await LoopbackServer.StartAsync((context, asked) =>
        {
            context.Response.Redirect(new Uri(other.Address, asked.Path).ToString());
            return Task.CompletedTask;
        });
        using var world = new SourceWorld(server, Stream(), "authentication: { kind: header, secret: key, name: X-Api-Key }");

        await world.ReadAsync();

        Assert.Equal(SourceWorld.Secret, server.Asked.Single().Headers["X-Api-Key"]);
        Assert.DoesNotContain(SourceWorld.Secret, string.Join(' ', other.Asked.Single().Headers.Values), StringComparison.Ordinal);
        Assert.False(other.Asked.Single().Headers.ContainsKey("X-Api-Key"));
    }

    [Fact]
    public async Task A_redirect_within_the_host_is_followed_with_credentials()
    {
        await using var server = await LoopbackServer.StartAsync((context, asked) =>
        {
            if (asked.Path == "/moved")
            {
                return LoopbackServer.JsonAsync(context, """{"items":[{"id":"a"}]}""");
            }

            context.Response.Redirect("/moved");
            return Task.CompletedTask;
        });
        using var world = new SourceWorld(server, Stream());

        await world.ReadAsync();

        Assert.All(server.Asked, asked => Assert.Equal($"Bearer {SourceWorld.Secret}", asked.Headers["Authorization"]));
    }

    [Fact]
    public async Task Redirects_without_end_are_an_error()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Redirect("/orders");
            return Task.CompletedTask;
        });
        using var world = new SourceWorld(server, Stream());

        Assert.Contains("sent on more than 5 times", await world.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_an_error_at_once()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        await using var server = await LoopbackServer.StartAsync((context, _) => LoopbackServer.JsonAsync(context, "{}"), certificate);
        using var world = new SourceWorld(server, Stream());

        var receipt = Assert.Single(await world.RunAsync());

        Assert.Contains("The connection is not secure", receipt.Error, StringComparison.Ordinal);
        Assert.Equal(0, receipt.Retries);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_that_says_so()
    {
        using var world = new SourceWorld(new Uri("http://127.0.0.1:9"), Stream()) { Options = new() { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) } };

        Assert.Contains("GET http://127.0.0.1:9/orders has no answer", await world.FailAsync(), StringComparison.Ordinal);
    }

    /// <summary>Three pages with a, b and c; some attempts are troubled.</summary>
    private static Task<LoopbackServer> TroubledAsync(Func<HttpContext, int, Func<Task>?> trouble)
    {
        var attempts = 0;
        return LoopbackServer.StartAsync((context, asked) => trouble(context, Interlocked.Increment(ref attempts))?.Invoke() ?? LoopbackServer.JsonAsync(context, asked["cursor"] switch
        {
            null => """{"items":[{"id":"a"}],"next":"1"}""",
            "1" => """{"items":[{"id":"b"}],"next":"2"}""",
            _ => """{"items":[{"id":"c"}],"next":null}""",
        }));
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync("""{"items":[{"id":"""u8.ToArray());
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task GzipAsync(HttpContext context, byte[] body, int cut = 0)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(body);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(packed.ToArray().AsMemory(0, (int)packed.Length - cut));
    }

    private static async Task NeverAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync("{"u8.ToArray());
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static string Stream(string paging = Paging, string more = "") =>
        $$"""
          order:
            description: An order.
            path: /orders
            records: items
            id: [id]
            paging: {{paging}}
            {{more}}
        """;
}
