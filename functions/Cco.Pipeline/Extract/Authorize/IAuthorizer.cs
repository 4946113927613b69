using System.Net.Http.Headers;
using System.Text;

namespace Cco.Pipeline.Extract;

/// <summary>Signs requests in.</summary>
internal interface IAuthorizer
{
    /// <summary>Adds to a request what shows who asks.</summary>
    ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>The vendor did not accept what was shown: gets something new to show.</summary>
    /// <returns>False where there is nothing else, so that trying again makes no sense.</returns>
    ValueTask<bool> RenewAsync(CancellationToken cancellationToken);
}

/// <summary>Shows what stays the same: a token, a key, user and password, or nothing.</summary>
internal sealed class FixedAuthorizer(AuthenticationDescription way, SourceAccess access) : IAuthorizer
{
    /// <inheritdoc />
    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (way.Kind)
        {
            case AuthenticationKind.Bearer:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Secret(way.Secret!));
                break;
            case AuthenticationKind.Basic:
                var credentials = $"{access.Resolve(way.User!, null, null)}:{(way.Password is { } password ? access.Resolve(password, null, null) : "")}";
                var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
                access.Hide(encoded);
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", encoded);
                break;
            case AuthenticationKind.Header:
                request.Headers.TryAddWithoutValidation(way.Name!, way.Prefix + access.Secret(way.Secret!));
                break;
            case AuthenticationKind.Query:
                request.RequestUri = RequestAddress.With(request.RequestUri!, [new(way.Name!, access.Secret(way.Secret!))]);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<bool> RenewAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
