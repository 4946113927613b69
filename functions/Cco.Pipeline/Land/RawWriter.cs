using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace Cco.Pipeline.Land;

/// <summary>
/// Writes records as the one Parquet shape of the lake. Memory is one row group: at most <see cref="GroupRows"/> records or
/// <see cref="GroupCharacters"/> characters of payload.
/// </summary>
internal sealed class RawWriter : IAsyncDisposable
{
    private const int GroupRows = 50_000;
    private const int GroupCharacters = 8 * 1024 * 1024;

    /// <summary>Values that are looked at before a column is put into a dictionary: payloads are all different, run ids all the same.</summary>
    private const int DictionarySample = 1_000;

    private static readonly DataField<string> RecordId = new("record_id", nullable: false);
    private static readonly DateTimeDataField UpdatedAt = Instant("updated_at");
    private static readonly DateTimeDataField ExtractedAt = Instant("extracted_at");
    private static readonly DataField<string> Run = new("run_id", nullable: false);
    private static readonly DataField<bool> IsDeleted = new("is_deleted");
    private static readonly DataField<long> Position = new("position");
    private static readonly DataField<string> Payload = new("payload", nullable: false);
    private static readonly ParquetSchema Schema = new(RecordId, UpdatedAt, ExtractedAt, Run, IsDeleted, Position, Payload);

    private readonly ParquetWriter writer;
    private readonly RunId run;
    private readonly DateTime extractedAt;
    private readonly List<RawRecord> group = [];
    private long groupCharacters;

    private RawWriter(ParquetWriter writer, RunId run, DateTimeOffset extractedAt) =>
        (this.writer, this.run, this.extractedAt) = (writer, run, extractedAt.UtcDateTime);

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where its bytes go.</param>
    /// <param name="run">The run that reads the records.</param>
    /// <param name="extractedAt">When it reads them.</param>
    /// <param name="origin">What they are read from, such as the name of a dropped file: kept in the file's metadata.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<RawWriter> CreateAsync(
        Stream stream, RunId run, DateTimeOffset extractedAt, string origin, CancellationToken cancellationToken)
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
            DictionaryEncodingSampleSize = DictionarySample,
        };
        var parquet = await ParquetWriter.CreateAsync(Schema, stream, options, cancellationToken: cancellationToken);
        parquet.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { [RawFooter.Origin] = origin };
        return new RawWriter(parquet, run, extractedAt);
    }

    /// <summary>Adds one record.</summary>
    public async ValueTask AddAsync(RawRecord record, CancellationToken cancellationToken)
    {
        group.Add(record);
        groupCharacters += record.Payload.Length;
        if (group.Count == GroupRows || groupCharacters > GroupCharacters)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left and the end of the file; an empty file is a whole one, too.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="place">How far the stream has been read with this file; kept in its metadata.</param>
    /// <param name="fields">The fields of its records; kept in its metadata.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken, string? place = null, string? fields = null)
    {
        var says = new (string Name, string? Text)[] { (RawFooter.Place, place), (RawFooter.Fields, fields) };
        writer.CustomMetadata = writer.CustomMetadata.Concat(says.Where(entry => entry.Text is not null).Select(entry => KeyValuePair.Create(entry.Name, entry.Text!)))
            .ToDictionary(StringComparer.Ordinal);

        if (group.Count > 0)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static DateTimeDataField Instant(string name) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, unit: DateTimeTimeUnit.Micros, isNullable: false);

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var rows = writer.CreateRowGroup();
        await rows.WriteAsync(RecordId, group.ConvertAll(record => record.RecordId));
        await rows.WriteAsync<DateTime>(UpdatedAt, Column(record => record.UpdatedAt.UtcDateTime), cancellationToken: cancellationToken);
        await rows.WriteAsync<DateTime>(ExtractedAt, Column(_ => extractedAt), cancellationToken: cancellationToken);
        await rows.WriteAsync(Run, group.ConvertAll(_ => run.Value));
        await rows.WriteAsync<bool>(IsDeleted, Column(record => record.IsDeleted), cancellationToken: cancellationToken);
        await rows.WriteAsync<long>(Position, Column(record => record.Position), cancellationToken: cancellationToken);
        await rows.WriteAsync(Payload, group.ConvertAll(record => record.Payload));
        rows.CompleteValidate();
        group.Clear();
        groupCharacters = 0;
    }

    private T[] Column<T>(Func<RawRecord, T> value)
    {
        var column = new T[group.Count];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = value(group[row]);
        }

        return column;
    }
}
