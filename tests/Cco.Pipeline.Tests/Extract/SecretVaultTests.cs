using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Tests.Extract;

/// <summary>
/// Secrets that settings refer to in Azure Key Vault. The vault here answers as Azure's do: it tells whoever comes without a token where to get one, and gives
/// secrets by name, in their latest version or another.
/// </summary>
public sealed class SecretVaultTests
{
    private const string Secret = "sk_of_the_vault_0815";
    private const string Token = "token_of_an_identity";

    private const string Stream =
        """
          order:
            description: Orders.
            path: /orders
            records: items
            id: [id]
            paging: { kind: none }
        """;

    [Theory]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/shop-key)", "/secrets/shop-key")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/shop-key/)", "/secrets/shop-key")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/shop-key/0a1b)", "/secrets/shop-key/0a1b")]
    [InlineData("@Microsoft.KeyVault(VaultName=acme;SecretName=shop-key)", "/secrets/shop-key")]
    [InlineData("@Microsoft.KeyVault(VaultName=acme;SecretName=shop-key;SecretVersion=0a1b)", "/secrets/shop-key/0a1b")]
    public async Task A_source_is_read_with_the_secret_that_is_referred_to(string reference, string asked)
    {
        await using var vault = await VaultAsync();
        await using var shop = await ShopAsync();
        using var world = World(shop, vault, reference);

        await world.ReadAsync();

        Assert.Equal(["a"], world.Landed());
        Assert.Equal([asked], vault.Asked.Select(request => request.Path).Distinct());
        Assert.All(vault.Asked, request => Assert.Equal("acme.vault.azure.net", request.Headers["Host"]));
    }

    [Fact]
    public async Task It_is_as_secret_as_one_that_is_given()
    {
        await using var vault = await VaultAsync();
        await using var shop = await LoopbackServer.StartAsync((context, asked) => LoopbackServer.JsonAsync(context, $$"""{"message":"{{asked.Headers["Authorization"]}} is not allowed"}""", 403));
        using var world = World(shop, vault, "@Microsoft.KeyVault(VaultName=acme;SecretName=shop-key)");

        var error = await world.FailAsync();

        Assert.Contains("Bearer *** is not allowed", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error + world.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_gives_nothing_is_an_error_that_says_what_its_reader_needs()
    {
        await using var vault = await VaultAsync(isAllowed: false);
        await using var shop = await ShopAsync();
        using var world = World(shop, vault, "@Microsoft.KeyVault(VaultName=acme;SecretName=shop-key)");

        var error = await world.FailAsync();

        Assert.StartsWith("Sources:shop:Secrets:key: the vault https://acme.vault.azure.net/ does not give the secret 'shop-key'.", error, StringComparison.Ordinal);
        Assert.Contains("Key Vault Secrets User", error, StringComparison.Ordinal);
        Assert.Contains("Caller is not authorized", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error, StringComparison.Ordinal);
        Assert.Empty(shop.Asked);
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/keys/shop-key)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=http://acme.vault.azure.net/secrets/shop-key)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/shop-key")]
    [InlineData("@Microsoft.KeyVault(VaultName=acme)")]
    [InlineData("@Microsoft.KeyVault(VaultName=acme;SecretName=shop-key;Version=1)")]
    [InlineData("@Microsoft.KeyVault()")]
    public async Task A_reference_that_is_none_is_an_error(string reference)
    {
        await using var vault = await VaultAsync();
        await using var shop = await ShopAsync();
        using var world = World(shop, vault, reference);

        Assert.Contains("Sources:shop:Secrets:key is no reference to a Key Vault that can be read", await world.FailAsync(), StringComparison.Ordinal);
        Assert.Empty(vault.Asked);
    }

    private static SourceWorld World(LoopbackServer shop, LoopbackServer vault, string reference)
    {
        var client = new SecretClientOptions { Transport = new HttpClientTransport(new HttpClient(new Redirection(vault.Address))) };
        client.Retry.MaxRetries = 0;
        return new SourceWorld(shop, Stream)
        {
            Vault = new SecretVault(address => new SecretClient(address, new Identity(), client)),
            Settings = { Secrets = { ["key"] = reference } },
        };
    }

    private static Task<LoopbackServer> ShopAsync() => LoopbackServer.StartAsync((context, asked) => asked.Headers.GetValueOrDefault("Authorization") == $"Bearer {Secret}"
        ? LoopbackServer.JsonAsync(context, """{"items":[{"id":"a"}]}""")
        : LoopbackServer.JsonAsync(context, """{"message":"who are you?"}""", 401));

    private static Task<LoopbackServer> VaultAsync(bool isAllowed = true) => LoopbackServer.StartAsync((context, asked) =>
    {
        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.microsoftonline.com/0f0e\", resource=\"https://vault.azure.net\"";
            return LoopbackServer.JsonAsync(context, """{"error":{"code":"Unauthorized","message":"AKV10000: Request is missing a Bearer or PoP token."}}""", 401);
        }

        return isAllowed
            ? LoopbackServer.JsonAsync(context, $$$"""{"value":"{{{Secret}}}","id":"https://acme.vault.azure.net/secrets/shop-key/0a1b","attributes":{"enabled":true}}""")
            : LoopbackServer.JsonAsync(context, """{"error":{"code":"Forbidden","message":"Caller is not authorized to perform action on resource."}}""", 403);
    });

    /// <summary>Brings requests to a server of this machine, whatever host they are for.</summary>
    private sealed class Redirection(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = request.RequestUri!.Host;
            request.RequestUri = new Uri(server, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, cancellationToken).GetAwaiter().GetResult();
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
