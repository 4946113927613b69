using System.ComponentModel;

namespace Cco.Pipeline.Extract;

/// <summary>How requests are signed in. Secrets stand here by name only.</summary>
internal sealed record AuthenticationDescription
{
    [Description("How requests are signed in.")]
    public AuthenticationKind Kind { get; init; } = AuthenticationKind.None;

    [Description("bearer, header, query: the secret that is sent.")]
    public string? Secret { get; init; }

    [Description("header, query: the name of the header or parameter.")]
    public string? Name { get; init; }

    [Description("header: text before the secret, such as 'Token token='.")]
    public string? Prefix { get; init; }

    [Description("basic: the user, a text or a { setting: name }; or a secret as { secret: name }.")]
    public SourceValue? User { get; init; }

    [Description("basic: the password; left out where it is empty.")]
    public SourceValue? Password { get; init; }

    [Description("oauth_*: address that gives tokens; a relative one is taken from base_url, so that it moves with it.")]
    public string? TokenUrl { get; init; }

    [Description("oauth_*: the client's id.")]
    public SourceValue? ClientId { get; init; }

    [Description("oauth_client_credentials, oauth_refresh_token: the client's secret.")]
    public SourceValue? ClientSecret { get; init; }

    [Description("oauth_*: what is asked for, parted by blanks.")]
    public string? Scope { get; init; }

    [Description("oauth_*: further fields of the request for a token.")]
    public IReadOnlyDictionary<string, SourceValue> Fields { get; init; } = new Dictionary<string, SourceValue>(StringComparer.Ordinal);

    [Description("oauth_refresh_token: the secret that holds the first refresh token. Where the vendor gives a new one with each, the latest is kept encrypted in the lake.")]
    public string? RefreshToken { get; init; }

    [Description("oauth_jwt_bearer: the secret that holds the private key, as PEM.")]
    public string? PrivateKey { get; init; }

    [Description("oauth_jwt_bearer: who the token is for.")]
    public SourceValue? Subject { get; init; }

    [Description("oauth_jwt_bearer: who the token is shown to.")]
    public SourceValue? Audience { get; init; }
}

/// <summary>How requests are signed in.</summary>
internal enum AuthenticationKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A token in the header <c>Authorization</c>.</summary>
    Bearer,

    /// <summary>User and password.</summary>
    Basic,

    /// <summary>A key in a header.</summary>
    Header,

    /// <summary>A key in the address.</summary>
    Query,

    /// <summary>OAuth 2.0, client credentials (RFC 6749, section 4.4).</summary>
    OauthClientCredentials,

    /// <summary>OAuth 2.0, a refresh token (RFC 6749, section 6).</summary>
    OauthRefreshToken,

    /// <summary>OAuth 2.0, a signed assertion (RFC 7523).</summary>
    OauthJwtBearer,
}
