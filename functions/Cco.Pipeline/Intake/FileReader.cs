using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Intake;

/// <summary>
/// Reads dropped files: CSV, JSON lines, a JSON array or Parquet, each plain, as gzip or in a zip. What a file is, is seen from its content.
/// Memory does not grow with the file. A row that cannot be read is a <see cref="RejectedRow"/>, and the rest is read.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="logger">Told when an encoding had to be guessed.</param>
public sealed partial class FileReader(IOptions<IntakeOptions> options, ILogger<FileReader> logger)
{
    /// <summary>The records of a file, in its order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="table">Where it was dropped.</param>
    /// <param name="readAt">The time of change of records that name none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read; pages given before do not count.</exception>
    public async IAsyncEnumerable<RawPage> ReadAsync(
        DroppedFile file, LandingTable table, DateTimeOffset readAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new Reading(file.Name, table, readAt, options.Value);
        await using var stream = await OpenAsync(file, reading, cancellationToken);
        await using var pages = PagesAsync(stream, reading, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages, reading))
        {
            yield return pages.Current;
        }
    }

    private static async Task<Stream> OpenAsync(DroppedFile file, Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await file.OpenAsync(cancellationToken);
        }
        catch (FileNotFoundException exception)
        {
            throw reading.Unreadable("it was removed before it could be read. Drop it again.", exception);
        }
    }

    /// <summary>Says in our words what the decoders and decompressors throw.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<RawPage> pages, Reading reading)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw reading.Unreadable(
                $"its compressed data is damaged or cut off ({exception.Message.TrimEnd('.')}). Pack it again, and compare its size after copying.", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw reading.Unreadable(
                $"its text is not in the encoding that it has by its mark, its first bytes or landing/{reading.Table.Name}.yaml. "
                + "Save it as UTF-8, or name the encoding there (csv: { encoding: ... }).", exception);
        }
    }

    private async IAsyncEnumerable<RawPage> PagesAsync(Stream stream, Reading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new RecordPages();
        TextFormat? format = null;
        var parts = 0;
        await foreach (var part in Unpacker.PartsAsync(stream, reading, cancellationToken))
        {
            var text = part.Signature == FileSignature.Parquet ? null : await TextAsync(part, cancellationToken);
            if (parts++ > 0 && format != text?.Format)
            {
                throw part.Reading.Unreadable("the archive holds files of more than one kind. Pack each kind by itself.");
            }

            format = text?.Format;
            pages.Begin(part.Reading.Entry);
            await foreach (var page in Records(part, text, pages, cancellationToken))
            {
                yield return page;
            }
        }

        if (!pages.IsEmpty)
        {
            yield return pages.Take();
        }
    }

    private static IAsyncEnumerable<RawPage> Records(FilePart part, Text? text, RecordPages pages, CancellationToken cancellationToken) => text switch
    {
        null => new ParquetRecords(part.Reading, pages).ReadAsync(part.Content.Whole, cancellationToken),
        { Format: TextFormat.Csv } => new CsvRecords(text.Reading, pages).ReadAsync(text.Window, cancellationToken),
        { Format: TextFormat.JsonArray } => new JsonArray(text.Reading, pages).ReadAsync(text.Window, cancellationToken),
        _ => new JsonLines(text.Reading, pages).ReadAsync(text.Window, cancellationToken),
    };

    private async Task<Text> TextAsync(FilePart part, CancellationToken cancellationToken)
    {
        var (reading, content) = (part.Reading, part.Content);
        var encoding = EncodingOf(content.Head, reading);
        if (!encoding.HasWideUnits && content.Head.Span.Contains((byte)0))
        {
            throw reading.Unreadable(
                "it is not text: there are NUL bytes in it, and it is not Parquet, gzip or zip. Export it as one of these, or as CSV or JSON. "
                + $"If it is UTF-16 without a byte order mark, say so in landing/{reading.Table.Name}.yaml (csv: {{ encoding: utf-16 }}).");
        }

        if (encoding.Confidence is { } confidence)
        {
            EncodingGuessed(reading.File, encoding.Encoding.WebName, confidence);
        }

        var text = encoding.IsUtf8 ? content.Whole : Encoding.CreateTranscodingStream(content.Whole, encoding.Encoding, TextEncoding.Utf8.Encoding);
        var window = new ByteWindow(text, reading.Options.MaxRecordBytes);
        await window.FillAsync(cancellationToken);
        window.Advance(window.Span.StartsWith("\uFEFF"u8) ? 3 : 0);
        return new Text(reading with { SuspectedEncoding = encoding.Suspected }, TextFormats.Of(window.Span, reading.ContentName), window);
    }

    /// <summary>A mark is certain; JSON is UTF-8; then what the table says; then a look at the bytes.</summary>
    private static TextEncoding EncodingOf(ReadOnlyMemory<byte> head, Reading reading)
    {
        if (TextEncoding.OfMark(head.Span) is { } marked)
        {
            return marked;
        }

        if (TextFormats.Of(head.Span, reading.ContentName) != TextFormat.Csv)
        {
            return TextEncoding.Utf8;
        }

        return reading.Table.Csv.Encoding is { } name ? new TextEncoding(TextEncoding.Named(name)) : TextEncoding.Sniff(head);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is not UTF-8; it is read as {Encoding} (confidence {Confidence}). If that is wrong, name its encoding in the table's YAML.")]
    private partial void EncodingGuessed(string file, string encoding, double confidence);

    private sealed record Text(Reading Reading, TextFormat Format, ByteWindow Window);
}
