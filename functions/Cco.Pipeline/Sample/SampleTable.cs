using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Cco.Pipeline.Sample;

/// <summary>The files of one entity, filled in memory and flushed between customers.</summary>
internal sealed class SampleTable : IAsyncDisposable
{
    private const int FlushAt = 1 << 17;

    private readonly SampleOptions options;
    private readonly string folder;
    private readonly CsvRow row;
    private readonly Part main = new();
    private readonly Part late = new();
    private readonly List<SampleFile> files = [];

    public SampleTable(string entity, string folder, SampleOptions options, Dirt dirt)
    {
        (Entity, this.folder, this.options) = (entity, folder, options);
        row = new CsvRow(row => dirt.Pass(row, this));
    }

    public string Entity { get; }

    public IReadOnlyList<SampleFile> Files => files;

    public CsvRow Row() => row;

    public void Add(ReadOnlySpan<byte> line) => main.Add(line);

    public void AddLate(ReadOnlySpan<byte> line) => late.Add(line);

    /// <summary>Called between two customers: a customer's rows of one table are in one file.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (main.Lines.WrittenCount >= FlushAt)
        {
            await FlushAsync(main, Suffix(), cancellationToken);
        }

        if (late.Lines.WrittenCount >= FlushAt)
        {
            await FlushAsync(late, "-late", cancellationToken);
        }

        if (main.Rows >= options.RowsPerFile)
        {
            await CloseAsync(main, Suffix(), cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(main, Suffix(), cancellationToken);
        await CloseAsync(late, "-late", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await main.DisposeAsync();
        await late.DisposeAsync();
    }

    private string Suffix() => files.Count == 0 ? "" : $"-{files.Count + 1:00}";

    private string PathOf(string suffix) => Path.Combine(folder, $"{Entity}{suffix}.csv{(options.IsCompressed ? ".gz" : "")}");

    private async ValueTask FlushAsync(Part part, string suffix, CancellationToken cancellationToken)
    {
        if (part.Stream is null)
        {
            Stream file = new FileStream(PathOf(suffix), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: false);
            part.Stream = options.IsCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
            var header = Encoding.UTF8.GetBytes(string.Join(',', row.Columns) + "\n");
            part.Bytes += header.Length;
            await part.Stream.WriteAsync(header, cancellationToken);
        }

        part.Bytes += part.Lines.WrittenCount;
        await part.Stream.WriteAsync(part.Lines.WrittenMemory, cancellationToken);
        part.Lines.ResetWrittenCount();
    }

    private async ValueTask CloseAsync(Part part, string suffix, CancellationToken cancellationToken)
    {
        if (part.Rows == 0)
        {
            return;
        }

        await FlushAsync(part, suffix, cancellationToken);
        files.Add(new SampleFile(Entity, PathOf(suffix), part.Rows, part.Bytes));
        await part.DisposeAsync();
        (part.Rows, part.Bytes) = (0, 0);
    }

    private sealed class Part : IAsyncDisposable
    {
        public ArrayBufferWriter<byte> Lines { get; } = new();

        public Stream? Stream { get; set; }

        public long Rows { get; set; }

        public long Bytes { get; set; }

        public void Add(ReadOnlySpan<byte> line)
        {
            Lines.Write(line);
            Lines.Write("\n"u8);
            Rows++;
        }

        public async ValueTask DisposeAsync()
        {
            if (Stream is { } stream)
            {
                Stream = null;
                await stream.DisposeAsync();
            }
        }
    }
}
