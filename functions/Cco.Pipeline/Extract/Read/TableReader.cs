using System.Runtime.CompilerServices;
using System.Text;
using Cco.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Extract;

/// <summary>Reads the records of files that vendors give, as dropped files are read: JSON lines, a JSON array or CSV, plain, as gzip or in a zip.</summary>
internal sealed class TableReader(StreamName name, RecordReader reader, VendorClient client, TimeProvider time, CsvFormat? csv = null)
{
    private static readonly FileReader Files = new(Options.Create(new IntakeOptions()), NullLogger<FileReader>.Instance);

    private readonly LandingTable table = new(name.Stream, name, LandingColumns.Any, csv ?? CsvFormat.Sniffed);

    /// <summary>The records, in the order of the file.</summary>
    /// <param name="fileName">What messages call the file; its ending matters where the content leaves open what it is.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="parent">The fields of the parent.</param>
    /// <param name="what">What it is for, for messages.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExtractException">It is no such file.</exception>
    public async IAsyncEnumerable<RawPage> ReadAsync(
        string fileName, Func<Stream> open, IReadOnlyDictionary<string, string?>? parent, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var file = new DroppedFile(fileName, _ => Task.FromResult(open()));
        await using var pages = Files.ReadAsync(file, table, readAt, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages, what))
        {
            var (records, rejected) = (new List<RawRecord>(pages.Current.Records.Count), pages.Current.Rejected.ToList());
            foreach (var record in pages.Current.Records)
            {
                reader.Add(Encoding.UTF8.GetBytes(record.Payload), record.Position, readAt, parent, records, rejected);
            }

            client.Traffic.Read(records.Count);
            yield return new RawPage(records, rejected);
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<RawPage> pages, string what)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (UnreadableFileException exception)
        {
            throw client.Wrong(what, exception.Message, exception);
        }
    }
}
