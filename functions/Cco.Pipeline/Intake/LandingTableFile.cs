using System.Collections.Immutable;

namespace Cco.Pipeline.Intake;

/// <summary>
/// Reads <c>landing/&lt;table&gt;.yaml</c>, in which a data engineer says how the files of a table are read:
/// <code>
/// table: ms_invoice                       # the name of this file
/// stream: ms.invoice                      # or entity: invoice_line
/// record_id: [InvoiceId, LineNumber]
/// updated_at: ModifiedOn
/// required: [Amount]
/// columns: { "Invoice No.": InvoiceId }   # header in the file: name of the column
/// csv: { delimiter: ";", encoding: windows-1252, quote: "'" }
/// </code>
/// </summary>
public static class LandingTableFile
{
    private static readonly string[] Fields = ["table", "stream", "entity", "record_id", "updated_at", "required", "columns", "csv"];
    private static readonly string[] CsvFields = ["delimiter", "encoding", "quote"];

    /// <summary>Reads a description.</summary>
    /// <param name="file">The name of its file, with or without folders: <c>invoices.yaml</c> describes the table <c>invoices</c>.</param>
    /// <param name="text">Its content.</param>
    /// <param name="entities">The conformed entities that <c>entity:</c> may name, and what each asks of its files; the description adds to that.</param>
    /// <exception cref="FormatException">Something in it is wrong: the message names the file, the line and the field.</exception>
    public static LandingTable Parse(string file, string text, IReadOnlyDictionary<string, LandingColumns> entities)
    {
        var root = YamlFields.Parse(file, text, Fields);
        var name = Path.GetFileNameWithoutExtension(file);
        if (root.Text("table") != name)
        {
            throw root.Wrong("table", $"expected '{name}', the name of the file");
        }

        if (root.Has("stream") == root.Has("entity"))
        {
            throw root.Wrong(root.Has("entity") ? "entity" : "table", "expected either 'stream' or 'entity' to say where the records belong");
        }

        var (stream, asked) = root.Has("entity") ? Entity(root, entities) : (root.Read("stream", StreamName.Parse), LandingColumns.Any);
        var columns = new LandingColumns(
            asked.Required.Union(Names(root, "required"), StringComparer.Ordinal),
            root.Has("record_id") ? Names(root, "record_id") : asked.RecordId,
            root.Checked("updated_at", () => new LandingColumns(updatedAt: root.Text("updated_at"))).UpdatedAt ?? asked.UpdatedAt,
            root.Checked("columns", () => new LandingColumns(mapping: asked.Mapping.SetItems(root.Pairs("columns")))).Mapping)
        {
            Defaulted = root.Has("record_id") ? [] : asked.Defaulted,
        };
        var csv = root.Fields("csv", CsvFields) is { } format ? Csv(format) : CsvFormat.Sniffed;
        return root.Checked("table", () => new LandingTable(name, stream, columns, csv));
    }

    private static (StreamName Stream, LandingColumns Columns) Entity(YamlFields root, IReadOnlyDictionary<string, LandingColumns> entities)
    {
        var name = root.Text("entity")!;
        return entities.TryGetValue(name, out var columns)
            ? (new StreamName("file", name), columns)
            : throw root.Wrong("entity", $"there is no entity '{name}'; there are {string.Join(", ", entities.Keys.Order(StringComparer.Ordinal))}");
    }

    private static ImmutableArray<string> Names(YamlFields root, string field) =>
        root.Checked(field, () => new LandingColumns(required: root.Texts(field))).Required;

    private static CsvFormat Csv(YamlFields fields) => fields.Checked(
        "encoding", () => new CsvFormat(fields.Character("delimiter"), fields.Text("encoding"), fields.Character("quote") ?? '"'));
}
