using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Tests.Extract;

public sealed class AuthorizationTests
{
    private const string Stream =
        """
          order:
            description: An order.
            path: /orders
            records: items
            id: [id]
            paging: { kind: cursor, parameter: cursor, token: next }
        """;

    private const string ClientSecret = "client_secret_never_to_be_seen";
    private const string FirstRefresh = "refresh_token_number_0";

    [Theory]
    [InlineData("{ kind: bearer, secret: key }", "Authorization", $"Bearer {SourceWorld.Secret}")]
    [InlineData("{ kind: header, secret: key, name: X-Key }", "X-Key", SourceWorld.Secret)]
    [InlineData("{ kind: header, secret: key, name: Authorization, prefix: 'Token token=' }", "Authorization", $"Token token={SourceWorld.Secret}")]
    public async Task A_header_shows_the_secret(string authentication, string header, string value)
    {
        await using var server = await ShopAsync();
        using var world = new SourceWorld(server, Stream, $"authentication: {authentication}");

        await world.ReadAsync();

        Assert.All(server.Asked, asked => Assert.Equal(value, asked.Headers[header]));
    }

    [Fact]
    public async Task Basic_shows_user_and_password()
    {
        await using var server = await ShopAsync();
        using var world = new SourceWorld(server, Stream, "authentication: { kind: basic, user: { secret: key }, password: x }");

        await world.ReadAsync();

        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(SourceWorld.Secret + ":x"))}", server.Asked.First().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_key_in_the_address_is_in_no_error()
    {
        await using var server = await LoopbackServer.StartAsync((context, asked) => LoopbackServer.JsonAsync(context, $$"""{"you_said":"{{asked["api_key"]}}"}""", 400));
        using var world = new SourceWorld(server, Stream, "authentication: { kind: query, secret: key, name: api_key }");

        var error = await world.FailAsync();

        Assert.Equal(SourceWorld.Secret, server.Asked.Single()["api_key"]);
        Assert.Contains("you_said\":\"***\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_get_a_token_and_a_new_one_when_it_expires_in_the_middle()
    {
        var shop = new OAuthShop { AcceptedRequests = 2 };
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_client_credentials", "client_secret: { secret: client_secret }, scope: read");

        await world.ReadAsync();

        Assert.Equal(["a", "b", "c"], world.Landed());
        Assert.Equal(2, shop.Tokens);
        Assert.Contains("grant_type=client_credentials&client_id=me&client_secret=" + ClientSecret + "&scope=read", server.Asked.First(asked => asked.Path == "/token").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var shop = new OAuthShop { Life = 30 };
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_client_credentials", "client_secret: { secret: client_secret }");

        await world.ReadAsync();

        Assert.Equal(3, shop.Tokens);
    }

    [Fact]
    public async Task A_rotated_refresh_token_is_used_by_the_next_run_and_kept_encrypted()
    {
        var shop = new OAuthShop { Rotates = true };
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_refresh_token", "client_secret: { secret: client_secret }, refresh_token: refresh");

        await world.ReadAsync();
        await world.ReadAsync();

        Assert.Equal([FirstRefresh, "refresh_token_number_1"], shop.Refreshed);
        AssertNothingIsWritten(world, "refresh_token_number_");
    }

    [Fact]
    public async Task A_new_refresh_token_in_the_settings_counts_instead_of_the_one_that_was_kept()
    {
        var shop = new OAuthShop { Rotates = true };
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_refresh_token", "client_secret: { secret: client_secret }, refresh_token: refresh");
        await world.ReadAsync();
        world.Settings.Secrets["refresh"] = "refresh_token_given_anew";
        shop.Valid = "refresh_token_given_anew";

        await world.ReadAsync();

        Assert.Equal([FirstRefresh, "refresh_token_given_anew"], shop.Refreshed);
    }

    [Fact]
    public async Task An_assertion_is_signed_with_the_private_key()
    {
        using var key = RSA.Create(2048);
        var shop = new OAuthShop();
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_jwt_bearer", "private_key: pem, subject: someone@example.com, audience: https://login.example.com", key.ExportRSAPrivateKeyPem());

        await world.ReadAsync();

        var assertion = System.Web.HttpUtility.ParseQueryString(server.Asked.First(asked => asked.Path == "/token").Body)["assertion"]!.Split('.');
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{assertion[0]}.{assertion[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(assertion[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(assertion[1]));
        Assert.Equal("someone@example.com", claims.RootElement.GetProperty("sub").GetString());
        Assert.Equal(world.Time.GetUtcNow().AddMinutes(3).ToUnixTimeSeconds(), claims.RootElement.GetProperty("exp").GetInt64(), 1.0);
    }

    [Fact]
    public async Task A_refused_client_is_an_error_that_says_so()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => LoopbackServer.JsonAsync(context, $$"""{"error":"invalid_client","secret":"{{ClientSecret}}"}""", 401));
        using var world = OAuthWorld(server, "oauth_client_credentials", "client_secret: { secret: client_secret }");

        var error = await world.FailAsync();

        Assert.Contains("signing in: POST", error, StringComparison.Ordinal);
        Assert.Contains("invalid_client", error, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientSecret, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_anything_that_a_run_writes()
    {
        var shop = new OAuthShop { Rotates = true, FailsAfter = 2 };
        await using var server = await shop.StartAsync();
        using var world = OAuthWorld(server, "oauth_refresh_token", "client_secret: { secret: client_secret }, refresh_token: refresh");

        var receipts = await world.RunAsync();
        await world.RunAsync();

        var written = JsonSerializer.Serialize(receipts, PipelineJson.Readable) + world.Logged;
        Assert.All([ClientSecret, "refresh_token_number_", "access_token_number_"], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        AssertNothingIsWritten(world, ClientSecret, "refresh_token_number_", "access_token_number_");
    }

    [Fact]
    public async Task A_missing_or_unknown_secret_is_an_error_that_says_what_to_set()
    {
        await using var server = await ShopAsync();
        using var world = new SourceWorld(server, Stream);
        world.Settings.Secrets.Remove("key");
        world.Settings.Secrets["kee"] = "x";

        var error = await world.FailAsync();

        Assert.Contains("missing Sources:shop:Secrets:key (The key.)", error, StringComparison.Ordinal);
        Assert.Contains("unknown Sources:shop:Secrets:kee", error, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task The_test_of_a_source_says_whether_its_credentials_work()
    {
        var status = 200;
        await using var server = await LoopbackServer.StartAsync((context, _) => LoopbackServer.JsonAsync(context, """{"scope":"orders.read is missing"}""", status));
        using var world = new SourceWorld(server, Stream);
        using var source = (IDisposable)world.Registry().Open("shop", world.Sweep().Tokens("shop"));
        await ((ISource)source).TestAsync(TestContext.Current.CancellationToken);
        status = 403;

        var error = await Assert.ThrowsAsync<ExtractException>(() => ((ISource)source).TestAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["/ping", "/ping"], server.Asked.Select(asked => asked.Path));
        Assert.Contains("orders.read is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("Shop needs: Ask the shop for a key.", error.Message, StringComparison.Ordinal);
    }

    private static SourceWorld OAuthWorld(LoopbackServer server, string kind, string more, string privateKey = "none")
    {
        var world = new SourceWorld(server, Stream, $"authentication: {{ kind: {kind}, token_url: '{server.Address}token', client_id: me, {more} }}");
        world.Give(("client_secret", ClientSecret), ("refresh", FirstRefresh), ("pem", privateKey));
        return world;
    }

    private static void AssertNothingIsWritten(SourceWorld world, params string[] secrets)
    {
        var files = Directory.EnumerateFiles(world.LakeFolder, "*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            Assert.All(secrets, secret => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{secret} is in {file}"));
        }
    }

    private static Task<LoopbackServer> ShopAsync() => LoopbackServer.OfJsonAsync(asked => asked["cursor"] is null ? """{"items":[{"id":"a"}],"next":"1"}""" : """{"items":[{"id":"b"}]}""");

    /// <summary>Three pages for those who have a token.</summary>
    private sealed class OAuthShop
    {
        private string? token;
        private int left;

        public int AcceptedRequests { get; init; } = int.MaxValue;

        public int Life { get; init; } = 3600;

        public bool Rotates { get; init; }

        public int FailsAfter { get; init; } = int.MaxValue;

        public string Valid { get; set; } = FirstRefresh;

        public int Tokens { get; private set; }

        public List<string> Refreshed { get; } = [];

        public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync((context, asked) =>
        {
            if (asked.Path == "/token")
            {
                return TokenAsync(context, System.Web.HttpUtility.ParseQueryString(asked.Body));
            }

            if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {token}" || left-- <= 0)
            {
                return LoopbackServer.JsonAsync(context, """{"error":"expired"}""", 401);
            }

            return asked["cursor"] switch
            {
                null => LoopbackServer.JsonAsync(context, """{"items":[{"id":"a"}],"next":"1"}"""),
                "1" when FailsAfter <= 2 => LoopbackServer.JsonAsync(context, $$"""{"error":"you showed {{token}}"}""", 400),
                "1" => LoopbackServer.JsonAsync(context, """{"items":[{"id":"b"}],"next":"2"}"""),
                _ => LoopbackServer.JsonAsync(context, """{"items":[{"id":"c"}]}"""),
            };
        });

        private Task TokenAsync(Microsoft.AspNetCore.Http.HttpContext context, System.Collections.Specialized.NameValueCollection form)
        {
            if (form["refresh_token"] is { } refresh)
            {
                Refreshed.Add(refresh);
                if (refresh != Valid)
                {
                    return LoopbackServer.JsonAsync(context, """{"error":"invalid_grant"}""", 400);
                }
            }

            (token, left) = ($"access_token_number_{++Tokens}", AcceptedRequests);
            Valid = Rotates ? $"refresh_token_number_{Tokens}" : Valid;
            return LoopbackServer.JsonAsync(context, JsonSerializer.Serialize(new { access_token = token, expires_in = Life, refresh_token = Rotates ? Valid : null }));
        }
    }
}
