using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace Cco.Pipeline.Intake;

/// <summary>One file to read records from: the dropped one, or one of those packed in it.</summary>
/// <param name="Reading">What it is called.</param>
/// <param name="Signature">Parquet, or none.</param>
/// <param name="Content">Its bytes, decompressed.</param>
internal sealed record FilePart(Reading Reading, FileSignature Signature, PeekedStream Content);

/// <summary>Opens what a dropped file is packed in: nothing, gzip, or zip. What is packed twice is refused, and so is what grows past a limit.</summary>
internal static class Unpacker
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    /// <summary>The files in a dropped file, in the order of their names. Each is read to its end before the next is asked for.</summary>
    public static async IAsyncEnumerable<FilePart> PartsAsync(Stream dropped, Reading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfTruncationPasses();
        var packedBytes = 0L;
        var outer = await PeekedStream.OfAsync(new ObservedStream(dropped, piece => packedBytes += piece.Length), cancellationToken);
        var signature = FileSignatures.Of(outer.Head.Span, reading);
        switch (signature)
        {
            case FileSignature.Zip:
                await foreach (var part in EntriesAsync(outer.Whole, reading, cancellationToken))
                {
                    yield return part;
                }

                break;
            case FileSignature.Gzip:
                await using (var data = new GZipStream(outer.Whole, CompressionMode.Decompress))
                {
                    yield return await PackedAsync(Bounded(data, new ByteBudget(reading, () => packedBytes)), reading, cancellationToken);
                }

                break;
            default:
                yield return new FilePart(reading, signature, outer with { Whole = Bounded(outer.Whole, new ByteBudget(reading, null)) });
                break;
        }
    }

    /// <summary>Without that switch .NET takes a gzip file that was cut off for a whole one, and half a table would land in silence.</summary>
    private static void ThrowIfTruncationPasses()
    {
        if (!AppContext.TryGetSwitch(StrictSwitch, out var isStrict) || !isStrict)
        {
            throw new InvalidOperationException($"This host must set {StrictSwitch} in its runtimeconfig.json (Directory.Build.props does), or truncated gzip files pass for whole.");
        }
    }

    private static async IAsyncEnumerable<FilePart> EntriesAsync(Stream packed, Reading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scratch = await ScratchFile.OfAsync(Bounded(packed, new ByteBudget(reading, null)), reading.Options, cancellationToken);
        await using var file = new FileStream(scratch.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var budget = new ByteBudget(reading, () => file.Length);
        foreach (var entry in Files(archive, reading))
        {
            var part = reading with { Entry = entry.FullName };
            if (entry.IsEncrypted)
            {
                throw part.Unreadable("it is encrypted. Pack it again without a password.");
            }

            await using var data = await entry.OpenAsync(cancellationToken);
            yield return await PackedAsync(Checked(Bounded(data, budget), entry, part), part, cancellationToken);
        }
    }

    /// <summary>The files of an archive, without folders and what macOS adds.</summary>
    private static List<ZipArchiveEntry> Files(ZipArchive archive, Reading reading)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null)
        {
            throw reading.Unreadable("it is an Office document (such as .xlsx), and not CSV, JSON or Parquet. Save the sheet as CSV.");
        }

        var files = archive.Entries
            .Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name != ".DS_Store")
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw reading.Unreadable("the archive holds no file. Pack it again.");
    }

    private static async Task<FilePart> PackedAsync(Stream data, Reading reading, CancellationToken cancellationToken)
    {
        var content = await PeekedStream.OfAsync(data, cancellationToken);
        var signature = FileSignatures.Of(content.Head.Span, reading);
        return signature is FileSignature.None or FileSignature.Parquet
            ? new FilePart(reading, signature, content)
            : throw reading.Unreadable("an archive is packed in an archive. Pack the tables themselves.");
    }

    private static ObservedStream Bounded(Stream data, ByteBudget budget) => new(data, piece => budget.Spend(piece.Length));

    /// <summary>.NET does not compare the checksums of a zip; a damaged table would land as it is.</summary>
    private static ObservedStream Checked(Stream data, ZipArchiveEntry entry, Reading reading)
    {
        var checksum = new Crc32();
        return new ObservedStream(data, piece =>
        {
            checksum.Append(piece.Span);
            if (piece.IsEmpty && checksum.GetCurrentHashAsUInt32() != entry.Crc32)
            {
                throw reading.Unreadable("its content does not match its checksum: the archive is damaged. Pack and copy it again.");
            }
        });
    }
}
