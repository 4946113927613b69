using System.Runtime.CompilerServices;
using System.Text;
using Cco.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Extract;

/// <summary>Reads the records of files that vendors give, as dropped files are read: JSON lines, a JSON array or CSV, plain, as gzip or in a zip.</summary>
internal sealed class TableReader(StreamName name, RecordReader reader, TimeProvider time, CsvFormat? csv = null)
{
    private static readonly FileReader Files = new(Options.Create(new IntakeOptions()), NullLogger<FileReader>.Instance);

    private readonly LandingTable table = new(name.Stream, name, LandingColumns.Any, csv ?? CsvFormat.Sniffed);

    /// <summary>The records, in the order of the file.</summary>
    /// <param name="fileName">What messages call the file; its ending matters where the content leaves open what it is.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="parent">The fields of the parent.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is no such file.</exception>
    public async IAsyncEnumerable<RawPage> ReadAsync(
        string fileName, Func<Stream> open, IReadOnlyDictionary<string, string?>? parent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var file = new DroppedFile(fileName, _ => Task.FromResult(open()));
        await foreach (var page in Files.ReadAsync(file, table, readAt, cancellationToken))
        {
            var (records, rejected) = (new List<RawRecord>(page.Records.Count), page.Rejected.ToList());
            foreach (var record in page.Records)
            {
                reader.Add(Encoding.UTF8.GetBytes(record.Payload), record.Position, readAt, parent, records, rejected);
            }

            yield return new RawPage(records, rejected);
        }
    }
}
