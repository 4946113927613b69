using System.Collections.Concurrent;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Reads secrets that settings name by a reference to Azure Key Vault, as the identity of the machine or of whoever has signed in. An app in Azure has its
/// settings' references replaced by the platform; this does it everywhere else, each time a source is opened, so that a new version counts from the next run on.
/// </summary>
public sealed class SecretVault
{
    private readonly Func<Uri, SecretClient> open;

    /// <summary>One for each vault, as each would sign in by itself.</summary>
    private readonly ConcurrentDictionary<Uri, SecretClient> clients = [];

    /// <summary>Vaults of Azure.</summary>
    public SecretVault()
        : this(vault => new SecretClient(vault, new DefaultAzureCredential()))
    {
    }

    internal SecretVault(Func<Uri, SecretClient> open) => this.open = open;

    /// <summary>The settings of a source with its secrets in place of references to them.</summary>
    /// <exception cref="ExtractException">A vault does not give a secret.</exception>
    internal SourceSettings Resolved(string source, SourceSettings given) => given.Secrets.Values.Any(SecretReference.IsMeant)
        ? given.With(given.Secrets.Select(secret => KeyValuePair.Create(secret.Key, Resolved(source, secret.Key, secret.Value))))
        : given;

    private string Resolved(string source, string name, string value)
    {
        if (SecretReference.Parse(value) is not { } reference)
        {
            return value;
        }

        try
        {
            return clients.GetOrAdd(reference.Vault, open).GetSecret(reference.Name, reference.Version).Value.Value;
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException)
        {
            throw new ExtractException(
                $"Sources:{source}:Secrets:{name}: the vault {reference.Vault} does not give the secret '{reference.Name}'. Whoever runs this needs the role Key Vault Secrets User there. "
                + exception.Message.Split('\n')[0].Trim());
        }
    }
}
