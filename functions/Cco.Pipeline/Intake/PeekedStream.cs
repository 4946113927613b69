using System.Buffers;
using System.IO.Pipelines;

namespace Cco.Pipeline.Intake;

/// <summary>A stream whose beginning has been looked at.</summary>
/// <param name="Head">Its first bytes, at most <see cref="HeadBytes"/>; all of them where it is shorter.</param>
/// <param name="Whole">The stream from its start. It closes the original.</param>
internal sealed record PeekedStream(ReadOnlyMemory<byte> Head, Stream Whole)
{
    /// <summary>How far we look: enough to tell kinds, delimiters and encodings apart.</summary>
    public const int HeadBytes = 64 << 10;

    /// <summary>Looks at the beginning of a stream.</summary>
    public static async Task<PeekedStream> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: HeadBytes));
        var beginning = await pipe.ReadAtLeastAsync(HeadBytes, cancellationToken);
        var head = beginning.Buffer.Slice(0, Math.Min(HeadBytes, beginning.Buffer.Length)).ToArray();
        pipe.AdvanceTo(beginning.Buffer.Start);
        return new PeekedStream(head, pipe.AsStream());
    }
}
