namespace Cco.Pipeline.Intake;

/// <summary>What one dropped file may grow to: all its parts together, as they are decompressed.</summary>
/// <param name="reading">The file.</param>
/// <param name="packedBytes">The compressed bytes read until now; null where nothing is compressed.</param>
internal sealed class ByteBudget(Reading reading, Func<long>? packedBytes)
{
    private const long UnratedBytes = 10 << 20;

    private long spent;

    /// <exception cref="UnreadableFileException">The file has grown past a limit.</exception>
    public void Spend(int bytes)
    {
        spent += bytes;
        if (spent > reading.Options.MaxFileBytes)
        {
            throw reading.Unreadable($"it holds more than {reading.Options.MaxFileBytes:N0} bytes of data. Split it, or raise MaxFileBytes.");
        }

        if (packedBytes is not null && spent > UnratedBytes && spent > packedBytes() * reading.Options.MaxCompressionRatio)
        {
            throw reading.Unreadable(
                $"its data is more than {reading.Options.MaxCompressionRatio} times its compressed size, as in an archive made to fill a disk. "
                + "If it is what it should be, drop it without compression, or raise MaxCompressionRatio.");
        }
    }
}
