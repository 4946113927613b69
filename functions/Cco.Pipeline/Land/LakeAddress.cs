using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Cco.Pipeline.Land;

/// <summary>Where a lake is: a folder of this machine, or a container of Azure Blob Storage.</summary>
public sealed record LakeAddress
{
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(30);

    private readonly Uri? container;

    /// <param name="text">The path of a folder, or the address of a container: <c>https://account.blob.core.windows.net/lake</c>.</param>
    /// <exception cref="ArgumentException">It looks like an address and names no container.</exception>
    public LakeAddress(string text)
    {
        if (!text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            Text = Path.GetFullPath(text);
            return;
        }

        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out container) || container is not { AbsolutePath.Length: > 1, Query: "" })
        {
            throw new ArgumentException($"'{text}' does not name a container: write https://<account>.blob.core.windows.net/<container>.", nameof(text));
        }

        Text = container.AbsoluteUri;
    }

    /// <summary>The whole path of the folder, or the address of the container.</summary>
    public string Text { get; }

    /// <summary>The address in the settings.</summary>
    /// <exception cref="ArgumentException">The setting Lake:Container names no container.</exception>
    public static LakeAddress Of(LakeOptions options) => new(options.Container ?? options.Folder);

    /// <summary>The lake there; nothing is read or made yet.</summary>
    /// <param name="options">How a storage account is reached; where it is comes from the address.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The connection string is no such thing, or of another account.</exception>
    public ILake Open(LakeOptions options, TimeProvider time) => container is null ? new FolderLake(Text) : new BlobLake(Client(container, options), options, time);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static BlobContainerClient Client(Uri container, LakeOptions options)
    {
        var client = new BlobClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = LongestRetryDelay;
        client.Retry.NetworkTimeout = options.RequestTimeout;
        if (options.ConnectionString is null)
        {
            return container.Scheme == Uri.UriSchemeHttps
                ? new BlobContainerClient(container, new DefaultAzureCredential(), client)
                : throw new ArgumentException($"'{container}' is reached over plain http, where nobody signs in as an identity. For the emulator Azurite set Lake:ConnectionString to UseDevelopmentStorage=true.", nameof(options));
        }

        try
        {
            var found = new BlobServiceClient(options.ConnectionString, client).GetBlobContainerClient(container.Segments[^1]);
            return new BlobUriBuilder(found.Uri) { Query = "", Sas = null }.ToUri().AbsoluteUri == container.AbsoluteUri
                ? found
                : throw new ArgumentException($"The setting Lake:ConnectionString is not of the account of '{container}': it leads to '{found.Uri.GetLeftPart(UriPartial.Path)}'.", nameof(options));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"The setting Lake:ConnectionString is no connection string of a storage account: {exception.Message}", nameof(options), exception);
        }
    }
}
