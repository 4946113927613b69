using System.Text;

namespace Cco.Pipeline.Intake;

/// <summary>Gathers records into pages, in the order of the file. Positions go on from one file of an archive to the next.</summary>
internal sealed class RecordPages
{
    private const int PageRows = 5_000;
    private const int PageCharacters = 4 << 20;
    private const int ShownCharacters = 200;

    private List<RawRecord> records = [];
    private List<RejectedRow> rejected = [];
    private int characters;
    private long offset;
    private long last;
    private string? entry;

    /// <summary>Whether a page should be taken before more is added.</summary>
    public bool IsFull => records.Count + rejected.Count >= PageRows || characters >= PageCharacters;

    /// <summary>Whether there is nothing to take.</summary>
    public bool IsEmpty => records.Count + rejected.Count == 0;

    /// <summary>Text for people: at most 200 characters, whatever the bytes are.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * ShownCharacters)]);
        if (shown.Length <= ShownCharacters)
        {
            return shown;
        }

        var cut = char.IsHighSurrogate(shown[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters;
        return shown[..cut];
    }

    /// <summary>Begins with the next file.</summary>
    /// <param name="next">Its name within the archive; null outside of one.</param>
    public void Begin(string? next) => (offset, entry) = (last, next);

    /// <summary>Adds a record.</summary>
    public void Add(string recordId, DateTimeOffset updatedAt, long position, string payload)
    {
        last = offset + position;
        records.Add(new RawRecord(recordId, updatedAt, IsDeleted: false, last, payload));
        characters += payload.Length;
    }

    /// <summary>Adds a row that is no record.</summary>
    public void Reject(long position, string? column, string? value, string reason)
    {
        last = offset + position;
        rejected.Add(new RejectedRow(last, column, value, entry is null ? reason : $"{reason} ({entry}:{position})"));
    }

    /// <summary>What has been gathered since the last page.</summary>
    public RawPage Take()
    {
        var page = new RawPage(records, rejected);
        (records, rejected, characters) = ([], [], 0);
        return page;
    }
}
