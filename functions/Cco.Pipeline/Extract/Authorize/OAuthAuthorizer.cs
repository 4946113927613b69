using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Gets access tokens by OAuth 2.0 and shows them until they expire or are refused. Where each use of a refresh token makes a new one, the
/// new one is stored before the access token is used: a token that was lost cannot be had again.
/// </summary>
internal sealed class OAuthAuthorizer(AuthenticationDescription way, SourceAccess access, VendorClient client, TokenStore store, TimeProvider time) : IAuthorizer, IDisposable
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>A token is renewed so long before it expires.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim turn = new(1, 1);
    private AccessToken? token;

    /// <inheritdoc />
    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var current = token;
        if (current is null || current.ExpiresAt <= time.GetUtcNow())
        {
            current = await GetAsync(current, cancellationToken);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", current.Value);
    }

    /// <inheritdoc />
    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken)
    {
        await GetAsync(token, cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => turn.Dispose();

    /// <summary>A token other than the one that is of no use any more; several that ask at once get the same.</summary>
    private async Task<AccessToken> GetAsync(AccessToken? useless, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return token is { } other && other != useless ? other : token = await AskAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<AccessToken> AskAsync(CancellationToken cancellationToken)
    {
        const string What = "signing in";
        var fields = await FieldsAsync(cancellationToken);
        var body = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        var request = new VendorRequest(
            HttpMethod.Post, new Uri(RequestAddress.Below(access.BaseUrl, ""), access.Address(way.TokenUrl!, null)), [new("Accept", "application/json")], Encoding.UTF8.GetBytes(body), "application/x-www-form-urlencoded");
        var answer = await client.AskOpenlyAsync(request, What, cancellationToken);
        if (!answer.IsGood)
        {
            throw client.Wrong(What, $"{request} was answered with {(int)answer.Status}: {answer.Excerpt} Check the client's id and secret, and that its access was not withdrawn.");
        }

        var granted = Granted(answer);
        access.Hide(granted.AccessToken);
        if (granted.RefreshToken is { } rotated && way.Kind == AuthenticationKind.OauthRefreshToken)
        {
            access.Hide(rotated);
            await store.KeepAsync(rotated, Given, KeyMaterial, cancellationToken);
        }

        return new AccessToken(granted.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(granted.ExpiresIn ?? 3600) - Early);
    }

    private string Given => access.Secret(way.RefreshToken!);

    private string KeyMaterial => way.ClientSecret is { } secret ? access.Resolve(secret, null, null)! : Given;

    private Grant Granted(VendorAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var root = json.RootElement;
            return new Grant(
                root.GetProperty("access_token").GetString()!,
                root.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null,
                root.TryGetProperty("expires_in", out var life) && double.TryParse(life.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw client.Wrong("signing in", "the answer holds no access_token.", exception);
        }
    }

    private async Task<List<KeyValuePair<string, string>>> FieldsAsync(CancellationToken cancellationToken)
    {
        var fields = new List<KeyValuePair<string, string>>(way.Fields.Select(field => new KeyValuePair<string, string>(field.Key, access.Resolve(field.Value, null, null)!)));
        switch (way.Kind)
        {
            case AuthenticationKind.OauthClientCredentials:
                fields.Add(new("grant_type", "client_credentials"));
                break;
            case AuthenticationKind.OauthRefreshToken:
                var refresh = await store.FindAsync(Given, KeyMaterial, cancellationToken) ?? Given;
                access.Hide(refresh);
                fields.AddRange([new("grant_type", "refresh_token"), new("refresh_token", refresh)]);
                break;
            default:
                fields.AddRange([new("grant_type", JwtBearer), new("assertion", Assertion())]);
                return fields;
        }

        fields.Add(new("client_id", access.Resolve(way.ClientId!, null, null)!));
        if (way.ClientSecret is { } secret)
        {
            fields.Add(new("client_secret", access.Resolve(secret, null, null)!));
        }

        if (way.Scope is { } scope)
        {
            fields.Add(new("scope", scope));
        }

        return fields;
    }

    /// <summary>What the client signs with its private key (RFC 7523, RS256).</summary>
    private string Assertion()
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(access.Secret(way.PrivateKey!).Replace("\\n", "\n", StringComparison.Ordinal));
        }
        catch (ArgumentException exception)
        {
            throw client.Wrong("signing in", $"the secret '{way.PrivateKey}' is no private key in PEM, with its BEGIN and END lines.", exception);
        }

        var claims = JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = access.Resolve(way.ClientId!, null, null)!,
            ["sub"] = access.Resolve(way.Subject!, null, null)!,
            ["aud"] = access.Resolve(way.Audience!, null, null)!,
            ["exp"] = (time.GetUtcNow() + AssertionLife).ToUnixTimeSeconds(),
        });
        var text = $"{Part("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Part(Encoding.UTF8.GetBytes(claims))}";
        var assertion = $"{text}.{Part(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        access.Hide(assertion);
        return assertion;
    }

    private static string Part(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private sealed record AccessToken(string Value, DateTimeOffset ExpiresAt);

    private sealed record Grant(string AccessToken, string? RefreshToken, double? ExpiresIn);
}
