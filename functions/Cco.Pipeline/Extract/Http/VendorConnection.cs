namespace Cco.Pipeline.Extract;

/// <summary>A vendor that is ready to be asked: what a user gave for it, and the client that signs in with that.</summary>
internal sealed class VendorConnection : IDisposable
{
    private readonly SourceDescription source;

    /// <exception cref="ExtractException">A setting or secret is missing.</exception>
    public VendorConnection(SourceDescription source, SourceSettings given, ExtractOptions options, TokenStore tokens, TimeProvider time)
    {
        this.source = source;
        Access = new SourceAccess(source, given);
        Client = new VendorClient(source, Access, Authorizer, options, time);

        IAuthorizer Authorizer(VendorClient asked) =>
            source.Authentication.Kind is AuthenticationKind.OauthClientCredentials or AuthenticationKind.OauthRefreshToken or AuthenticationKind.OauthJwtBearer
                ? new OAuthAuthorizer(source.Authentication, Access, asked, tokens, time)
                : new FixedAuthorizer(source.Authentication, Access);
    }

    /// <summary>What a user gave.</summary>
    public SourceAccess Access { get; }

    /// <summary>Asks.</summary>
    public VendorClient Client { get; }

    /// <summary>Makes the call of the description that needs the credentials.</summary>
    /// <exception cref="ExtractException">They do not work; the message says what is missing.</exception>
    public async Task TestAsync(CancellationToken cancellationToken)
    {
        const string What = "the test of the credentials";
        var query = source.Test.Query.Select(parameter => new KeyValuePair<string, string>(parameter.Key, Access.Resolve(parameter.Value, null, null) ?? "")).ToList();
        var address = RequestAddress.With(RequestAddress.Below(Access.BaseUrl, Access.Path(source.Test.Path, null)), query);
        var answer = await Client.AskAsync(new VendorRequest(HttpMethod.Get, address, []), What, cancellationToken);
        if (!answer.IsGood)
        {
            throw Client.Wrong(What, $"{VendorErrors.Explained(answer)} {source.Title} needs: {string.Join(' ', source.Setup)}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => Client.Dispose();
}
