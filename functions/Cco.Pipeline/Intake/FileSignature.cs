namespace Cco.Pipeline.Intake;

/// <summary>What the first bytes of a file say it is; its name has no say.</summary>
internal enum FileSignature
{
    /// <summary>Nothing is known of it but that it may be text.</summary>
    None,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>One compressed file.</summary>
    Gzip,

    /// <summary>An archive of files.</summary>
    Zip,
}

/// <summary>Reads signatures, and refuses by name the kinds that people drop by mistake.</summary>
internal static class FileSignatures
{
    private static readonly (byte[] Start, string Name, string Remedy)[] Refused =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG image", "Drop the table behind it"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", "Drop the table behind it"),
        ([.. "%PDF-"u8], "a PDF document", "Drop the table behind it"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Office document (.xls or older)", "Save the sheet as CSV"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", "Pack it as zip or gzip"),
        ([.. "Rar!"u8, 0x1A, 0x07], "a RAR archive", "Pack it as zip or gzip"),
        ([0xFD, .. "7zXZ"u8, 0x00], "compressed with xz", "Pack it as zip or gzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", "Pack it as zip or gzip"),
        ([.. "Obj"u8, 0x01], "an Avro file", "Export it as Parquet"),
        ([.. "SQLite format 3"u8, 0x00], "an SQLite database", "Export the table as CSV"),
    ];

    /// <summary>The signature at the start of a file.</summary>
    /// <exception cref="UnreadableFileException">The file is empty, or of a kind that is known not to be read.</exception>
    public static FileSignature Of(ReadOnlySpan<byte> head, Reading reading)
    {
        foreach (var (start, name, remedy) in Refused)
        {
            if (head.StartsWith(start))
            {
                throw reading.Unreadable($"it is {name}, and not CSV, JSON or Parquet. {remedy}.");
            }
        }

        return head switch
        {
            [] => throw reading.Unreadable("it is empty (0 bytes). A file without records still has its header, or [] in JSON: export it again."),
            [0x1F, 0x8B, ..] => FileSignature.Gzip,
            [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] or [(byte)'P', (byte)'K', 7, 8, ..] => FileSignature.Zip,
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => FileSignature.Parquet,
            _ => FileSignature.None,
        };
    }
}
