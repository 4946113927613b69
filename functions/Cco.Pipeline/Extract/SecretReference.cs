using Azure.Security.KeyVault.Secrets;

namespace Cco.Pipeline.Extract;

/// <summary>
/// Where a secret is in Azure Key Vault, in the form that app settings of Azure have for it: <c>@Microsoft.KeyVault(SecretUri=...)</c>, or
/// <c>@Microsoft.KeyVault(VaultName=...;SecretName=...)</c> with or without <c>;SecretVersion=...</c>.
/// </summary>
/// <param name="Vault">The address of the vault.</param>
/// <param name="Name">The name of the secret.</param>
/// <param name="Version">Its version; null: the latest.</param>
internal sealed record SecretReference(Uri Vault, string Name, string? Version)
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <summary>Whether a value is one, well written or not, and not a secret itself.</summary>
    public static bool IsMeant(string value) => value.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Reads a reference; null where it is not well written.</summary>
    public static SecretReference? Parse(string value)
    {
        if (!IsMeant(value) || !value.EndsWith(')'))
        {
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in value[Start.Length..^1].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is not [var key, { Length: > 0 } text] || !parts.TryAdd(key, text))
            {
                return null;
            }
        }

        var address = parts switch
        {
            { Count: 1 } when parts.TryGetValue("SecretUri", out var uri) => uri,
            { Count: 2 or 3 } when parts.TryGetValue("VaultName", out var vault) && parts.TryGetValue("SecretName", out var name) && (parts.Count == 2 || parts.ContainsKey("SecretVersion")) =>
                $"https://{vault}.vault.azure.net/secrets/{name}/{parts.GetValueOrDefault("SecretVersion")}",
            _ => "",
        };
        return Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out var found) && found.Scheme == Uri.UriSchemeHttps && found.AbsolutePath.StartsWith("/secrets/", StringComparison.Ordinal) && KeyVaultSecretIdentifier.TryCreate(found, out var secret)
            ? new SecretReference(secret.VaultUri, secret.Name, secret.Version)
            : null;
    }
}
