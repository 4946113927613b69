using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Cco.Pipeline.Sample;

/// <summary>The files of one entity as one system has it, filled in memory and flushed between customers.</summary>
internal sealed class SampleTable : IAsyncDisposable
{
    private const int FlushAt = 1 << 17;

    private readonly SampleOptions options;
    private readonly string folder;
    private readonly string system;
    private readonly CsvRow row;
    private readonly Part main = new();
    private readonly Part late = new();
    private readonly Part broken = new();
    private readonly List<SampleFile> files = [];

    public SampleTable(string entity, string system, string folder, SampleOptions options, Dirt dirt)
    {
        (Entity, this.system, this.folder, this.options) = (entity, system, folder, options);
        row = new CsvRow(row => dirt.Pass(row, this));
    }

    public string Entity { get; }

    private string Name => system == SampleFile.OwnSystem ? Entity : $"{Entity}-{system}";

    public IReadOnlyList<SampleFile> Files => files;

    /// <summary>A new row; in the files of a vendor's system its first cell says so.</summary>
    public CsvRow Row() => system == SampleFile.OwnSystem ? row : row.Text("source", system);

    public void Add(ReadOnlySpan<byte> line) => main.Add(line);

    public void AddLate(ReadOnlySpan<byte> line) => late.Add(line);

    public void AddBroken(ReadOnlySpan<byte> line) => broken.Add(line);

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

        if (broken.Lines.WrittenCount >= FlushAt)
        {
            await FlushAsync(broken, "-broken", cancellationToken);
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
        await CloseAsync(broken, "-broken", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await main.DisposeAsync();
        await late.DisposeAsync();
        await broken.DisposeAsync();
    }

    private string Suffix() => files.Count == 0 ? "" : $"-{files.Count + 1:00}";

    private string PathOf(string suffix) => Path.Combine(folder, $"{Name}{suffix}.csv{(options.IsCompressed ? ".gz" : "")}");

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
        files.Add(new SampleFile(Entity, system, PathOf(suffix), part.Rows, part.Bytes, IsBroken: part == broken));
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
