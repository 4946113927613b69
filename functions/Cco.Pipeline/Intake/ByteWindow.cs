namespace Cco.Pipeline.Intake;

/// <summary>The part of a text that is being looked at: what has been read and not yet been used. It holds at least one whole record, or grows.</summary>
/// <param name="stream">The text, in UTF-8.</param>
/// <param name="limit">The most bytes a record may have.</param>
internal sealed class ByteWindow(Stream stream, int limit)
{
    private const int InitialBytes = 256 << 10;

    private byte[] buffer = new byte[Math.Min(InitialBytes, limit + 2)];
    private int start;
    private int end;

    /// <summary>Whether the text ends where the window ends.</summary>
    public bool IsLast { get; private set; }

    /// <summary>What is in view.</summary>
    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(start, end - start);

    /// <summary>What is in view.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    /// <summary>Leaves used bytes behind.</summary>
    public void Advance(int bytes) => start += bytes;

    /// <summary>Reads on, as far as there is room; a window that is full of one unfinished record becomes larger.</summary>
    /// <returns>False where the record in view is longer than the limit.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (end - start > limit)
        {
            return false;
        }

        MakeRoom();
        while (end < buffer.Length)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (count == 0)
            {
                IsLast = true;
                break;
            }

            end += count;
        }

        return true;
    }

    private void MakeRoom()
    {
        var rest = Span;
        var target = rest.Length == buffer.Length ? new byte[(int)Math.Min(2L * buffer.Length, limit + 2L)] : buffer;
        rest.CopyTo(target);
        (buffer, start, end) = (target, 0, rest.Length);
    }
}
