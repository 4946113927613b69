using System.Text.RegularExpressions;

namespace Cco.Pipeline.Intake;

/// <summary>A folder of <c>landing/</c>: where the files dropped into it belong, and how they are read.</summary>
public sealed partial record LandingTable
{
    /// <param name="name">The name of the folder: lower-case letters, digits, '-' and '_'.</param>
    /// <param name="stream">The raw stream its records land in.</param>
    /// <param name="columns">What it asks of its files.</param>
    /// <param name="csv">How its CSV files are written.</param>
    /// <exception cref="ArgumentException">The name is not one of a folder.</exception>
    public LandingTable(string name, StreamName stream, LandingColumns columns, CsvFormat csv)
    {
        if (!FolderName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no name for a folder of landing/: use lower-case letters, digits, '-' and '_'.", nameof(name));
        }

        (Name, Stream, Columns, Csv) = (name, stream, columns, csv);
    }

    /// <summary>The name of the folder.</summary>
    public string Name { get; }

    /// <summary>The raw stream its records land in.</summary>
    public StreamName Stream { get; }

    /// <summary>What it asks of its files.</summary>
    public LandingColumns Columns { get; }

    /// <summary>How its CSV files are written.</summary>
    public CsvFormat Csv { get; }

    /// <summary>The table of a conformed entity, read as it stands: stream <c>file.&lt;entity&gt;</c>.</summary>
    public static LandingTable OfEntity(string entity, LandingColumns columns) =>
        new(entity, new StreamName("file", entity), columns, CsvFormat.Sniffed);

    [GeneratedRegex("^[a-z][a-z0-9_-]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();
}
