using Azure;
using Azure.Identity;

namespace Cco.Pipeline.Land;

/// <summary>Failures of a storage account as those of a lake: what happened, where, and what to do.</summary>
internal static class BlobFailure
{
    /// <summary>What a failure of the account's client means; null where it is none.</summary>
    /// <param name="failure">What the client threw, all its retries behind it.</param>
    /// <param name="container">The address of the lake.</param>
    /// <param name="path">What the call was about.</param>
    public static IOException? Of(Exception failure, Uri container, LakePath? path) => failure switch
    {
        RequestFailedException { Status: 404 } => new FileNotFoundException($"There is no '{path}' in the lake.", path?.Value, failure),
        RequestFailedException { Status: 401 or 403 } refused => new IOException(
            $"'{Place(container)}' refuses '{path}' ({refused.ErrorCode}): give who runs this the role Storage Blob Data Contributor on the container, and look whether the account lets this network in.", failure),
        RequestFailedException { Status: 0 } or AggregateException { InnerException: RequestFailedException { Status: 0 } } => Silent(failure, container, path),
        RequestFailedException other => new IOException($"'{Place(container)}' failed on '{path}' ({other.Status} {other.ErrorCode}): {FirstLine(other)}", failure),
        AuthenticationFailedException => new IOException(
            $"Nobody is signed in to '{Place(container)}': give the machine a managed identity, sign in with `az login`, or set Lake:ConnectionString. {FirstLine(failure)}", failure),
        AggregateException { InnerException: RequestFailedException last } => Of(last, container, path),
        AggregateException or TaskCanceledException or HttpRequestException => Silent(failure, container, path),
        _ => null,
    };

    private static IOException Silent(Exception failure, Uri container, LakePath? path) => new(
        $"'{Place(container)}' does not answer, asked for '{path}': look whether the address is right and the network reaches it. {FirstLine(failure)}", failure);

    private static string Place(Uri container) => container.GetLeftPart(UriPartial.Path);

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].Trim();
}
