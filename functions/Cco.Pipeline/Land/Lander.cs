using System.Security.Cryptography;
using System.Text.Json;

namespace Cco.Pipeline.Land;

/// <summary>Lands pages of records as raw files, and what could not be read as quarantine beside them.</summary>
/// <param name="lake">Where they land.</param>
/// <param name="time">The clock.</param>
/// <param name="privacy">How those who were forgotten are known: pseudonyms of them land. Null: what lands is the pipeline's own and names nobody.</param>
public sealed class Lander(ILake lake, TimeProvider time, PrivacyOptions? privacy = null)
{
    /// <summary>Rejected rows that are held before they are written.</summary>
    private const int RejectedRows = 50_000;

    /// <summary>Writes one raw file: the quarantine first, the raw file last, so that a file that is there is complete.</summary>
    /// <param name="stream">The stream the records belong to.</param>
    /// <param name="run">The run that lands them.</param>
    /// <param name="part">The rest of the file's name: unique within the run, and for a dropped file derived from its content.</param>
    /// <param name="origin">What is read, such as the name of a dropped file.</param>
    /// <param name="pages">The records; an empty sequence lands an empty file, because "nothing" and "not looked" differ.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing appears in the lake.</param>
    public Task<LandedFile> LandAsync(
        StreamName stream, RunId run, string part, string origin, IAsyncEnumerable<RawPage> pages, CancellationToken cancellationToken) =>
        LandAsync(stream, run, part, origin, pages, place: null, cancellationToken);

    /// <summary>As above; and what <paramref name="place"/> says after the last record, how far the stream has been read with this file, is kept in it.</summary>
    internal async Task<LandedFile> LandAsync(
        StreamName stream, RunId run, string part, string origin, IAsyncEnumerable<RawPage> pages, Func<string>? place, CancellationToken cancellationToken)
    {
        var path = RawPath.Of(stream, run, part);
        var eraser = privacy is null ? new Eraser(null, []) : await Eraser.ReadAsync(lake, privacy, cancellationToken);
        var receipt = new LandedFile(stream, path, 0, 0, 0, "", null, null);
        await lake.WriteOnceAsync(path, async (file, token) => receipt = await WriteAsync(file, receipt, run, part, origin, pages, place, eraser, token), cancellationToken);
        return receipt;
    }

    private async Task<LandedFile> WriteAsync(
        Stream file, LandedFile receipt, RunId run, string part, string source, IAsyncEnumerable<RawPage> pages, Func<string>? place, Eraser eraser, CancellationToken cancellationToken)
    {
        var origin = eraser.Text(source);
        var extractedAt = time.GetUtcNow();
        var rejected = new Rejected(receipt.Stream, run, part, origin, extractedAt);
        var fields = new ObservedFields();
        await using (var writer = await RawWriter.CreateAsync(file, run, extractedAt, origin, cancellationToken))
        {
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                foreach (var record in page.Records)
                {
                    var isErased = eraser.TryErase(record, out var landed);
                    await writer.AddAsync(landed, cancellationToken);
                    fields.Add(landed);
                    receipt = Counted(receipt, record) with { Erased = receipt.Erased + (isErased ? 1 : 0) };
                }

                var others = page.Rejected.Select(eraser.Erase).ToList();
                receipt = receipt with { Erased = receipt.Erased + others.Zip(page.Rejected).Count(row => row.First != row.Second) };
                rejected.Rows.AddRange(others);
                if (rejected.Rows.Count >= RejectedRows)
                {
                    await QuarantineAsync(rejected, cancellationToken);
                }
            }

            await writer.CompleteAsync(cancellationToken, place?.Invoke(), fields.Text());
        }

        await QuarantineAsync(rejected, cancellationToken);
        file.Position = 0;
        return receipt with
        {
            Rejected = rejected.Count,
            Bytes = file.Length,
            Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)),
        };
    }

    private static LandedFile Counted(LandedFile receipt, in RawRecord record) => receipt with
    {
        Rows = receipt.Rows + 1,
        FirstChange = receipt.FirstChange is { } first && first <= record.UpdatedAt ? first : record.UpdatedAt,
        LastChange = receipt.LastChange is { } last && last >= record.UpdatedAt ? last : record.UpdatedAt,
    };

    private async Task QuarantineAsync(Rejected rejected, CancellationToken cancellationToken)
    {
        if (rejected.Rows.Count == 0)
        {
            return;
        }

        var path = RawPath.QuarantineOf(rejected.Stream, rejected.Part, rejected.Files);
        await lake.DeleteAsync(path, cancellationToken);
        await lake.WriteOnceAsync(path, WriteAsync, cancellationToken);
        rejected.Written();

        async Task WriteAsync(Stream file, CancellationToken token)
        {
            await using var writer = await RawWriter.CreateAsync(file, rejected.Run, rejected.ExtractedAt, rejected.Origin, token);
            foreach (var row in rejected.Rows)
            {
                await writer.AddAsync(rejected.Record(row), token);
            }

            await writer.CompleteAsync(token);
        }
    }

    /// <summary>The rejected rows of one part, those that are not written yet among them.</summary>
    private sealed record Rejected(StreamName Stream, RunId Run, string Part, string Origin, DateTimeOffset ExtractedAt)
    {
        private long written;

        public List<RejectedRow> Rows { get; } = [];

        public int Files { get; private set; }

        public long Count => written + Rows.Count;

        public void Written()
        {
            written += Rows.Count;
            Files++;
            Rows.Clear();
        }

        public RawRecord Record(RejectedRow row)
        {
            var payload = JsonSerializer.Serialize(new { file = Origin, column = row.Column, value = row.Value, reason = row.Reason }, PipelineJson.Compact);
            return new RawRecord($"{Part}:{row.Position}:{row.Column}", ExtractedAt, IsDeleted: false, row.Position, payload);
        }
    }
}
