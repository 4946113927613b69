using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Extract;

/// <summary>A file that a vendor prepares: asked for, waited for, fetched, read.</summary>
internal sealed class ExportJob(StreamDescription stream, VendorClient client, SourceAccess access, TableReader tables, TimeProvider time)
{
    /// <summary>The name that paths give the work.</summary>
    public const string WorkName = "id";

    /// <summary>The name that paths give the file.</summary>
    public const string FileName = "file";

    private readonly ExportDescription export = stream.Export!;

    /// <summary>The pages of the file; none where it is empty, as JSON lines without records are.</summary>
    /// <param name="start">The request that starts the work.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="parent">The fields of the parent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<RawPage> PagesAsync(
        VendorRequest start, string what, IReadOnlyDictionary<string, string?>? parent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = client.Field(await AskAsync(start, what, cancellationToken), export.Id, what) ?? throw client.Wrong(what, $"the answer does not name the work: there is no '{export.Id}'.");
        var fields = new Dictionary<string, string?>(parent ?? new Dictionary<string, string?>(StringComparer.Ordinal), StringComparer.Ordinal) { [WorkName] = work };
        fields[FileName] = await WaitAsync(fields, what, cancellationToken);
        var scratch = Path.Combine(Path.GetTempPath(), $"cco-export-{Path.GetRandomFileName()}");
        try
        {
            await FetchAsync(fields, scratch, what, cancellationToken);
            if (new FileInfo(scratch).Length == 0)
            {
                yield break;
            }

            await foreach (var page in tables.ReadAsync("export", () => File.OpenRead(scratch), parent, what, cancellationToken))
            {
                yield return page;
            }
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    /// <summary>Looks until the file is ready.</summary>
    /// <returns>What names the file; null where nothing does.</returns>
    private async Task<string?> WaitAsync(Dictionary<string, string?> fields, string what, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var look = new VendorRequest(HttpMethod.Get, RequestAddress.Below(access.BaseUrl, access.Path(export.StatusPath, fields)), []);
        while (true)
        {
            var answer = await AskAsync(look, what, cancellationToken);
            var status = client.Field(answer, export.Status, what) ?? throw client.Wrong(what, $"the answer does not say how far the file is: there is no '{export.Status}'.");
            if (export.Done.Contains(status, StringComparer.Ordinal))
            {
                return export.File is { } place ? client.Field(answer, place, what) ?? throw client.Wrong(what, $"the answer does not name the file: there is no '{place}'.") : null;
            }

            if (export.Failed.Contains(status, StringComparer.Ordinal))
            {
                throw client.Wrong(what, $"the vendor could not prepare the file: it is '{status}'. {answer.Excerpt}");
            }

            if (time.GetElapsedTime(began) > export.Timeout)
            {
                throw client.Wrong(what, $"the file was not ready after {export.Timeout}: it is '{status}'.");
            }

            client.Traffic.WaitedFor(export.Interval);
            await Task.Delay(export.Interval, time, cancellationToken);
        }
    }

    private async Task FetchAsync(Dictionary<string, string?> fields, string scratch, string what, CancellationToken cancellationToken)
    {
        var address = export.FilePath is { } path
            ? RequestAddress.Below(access.BaseUrl, access.Path(path, fields))
            : new Uri(access.BaseUrl, fields[FileName]!);
        var answer = await client.AskAsync(new VendorRequest(HttpMethod.Get, address, []), what, cancellationToken, scratch);
        if (!answer.IsGood)
        {
            throw client.Wrong(what, VendorErrors.Explained(answer));
        }
    }

    private async Task<VendorAnswer> AskAsync(VendorRequest request, string what, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync(request, what, cancellationToken);
        return answer.IsGood ? answer : throw client.Wrong(what, VendorErrors.Explained(answer));
    }
}
