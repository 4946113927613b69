using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class LandingTableFileTests
{
    private static readonly Dictionary<string, LandingColumns> Entities = new(StringComparer.Ordinal)
    {
        ["customer"] = new LandingColumns(required: ["customer_id", "name"]),
    };

    [Fact]
    public void Every_field_is_read()
    {
        var table = LandingTableFile.Parse(
            "landing/ms_invoice.yaml",
            """
            table: ms_invoice
            stream: ms.invoice
            record_id: [InvoiceId, Line]
            updated_at: ModifiedOn
            required: [Amount]
            columns: { "Invoice No.": InvoiceId }
            csv: { delimiter: ";", encoding: windows-1252, quote: "'" }
            """,
            Entities);

        Assert.Equal(("ms_invoice", new StreamName("ms", "invoice"), "ModifiedOn"), (table.Name, table.Stream, table.Columns.UpdatedAt));
        Assert.Equal(["InvoiceId", "Line"], table.Columns.RecordId);
        Assert.Equal(["Amount"], table.Columns.Required);
        Assert.Equal("InvoiceId", table.Columns.Mapping["Invoice No."]);
        Assert.Equal(new CsvFormat(';', "windows-1252", '\''), table.Csv);
    }

    [Fact]
    public void An_entity_brings_its_own_columns_and_the_file_adds_to_them()
    {
        var table = LandingTableFile.Parse("crm.yaml", "table: crm\nentity: customer\nrequired: [city]\ncsv: { delimiter: \"\\t\" }\n", Entities);

        Assert.Equal(new StreamName("file", "customer"), table.Stream);
        Assert.Equal(["customer_id", "name", "city"], table.Columns.Required);
        Assert.Equal('\t', table.Csv.Delimiter);
    }

    [Theory]
    [InlineData("table: crm\nstream: a.b\ncolour: red\n", "crm.yaml, line 3: 'colour' is no field here")]
    [InlineData("table: crm\nstream: a.b\ncsv:\n  delimeter: ','\n", "crm.yaml, line 4: 'delimeter' is no field here")]
    [InlineData("table: other\nstream: a.b\n", "crm.yaml, line 1: table: expected 'crm', the name of the file")]
    [InlineData("stream: a.b\n", "crm.yaml, line 1: table: expected 'crm'")]
    [InlineData("table: crm\n", "crm.yaml, line 1: table: expected either 'stream' or 'entity'")]
    [InlineData("table: crm\nstream: a.b\nentity: customer\n", "crm.yaml, line 3: entity: expected either 'stream' or 'entity'")]
    [InlineData("table: crm\nentity: custmer\n", "crm.yaml, line 2: entity: there is no entity 'custmer'; there are customer")]
    [InlineData("table: crm\nstream: Invoices\n", "crm.yaml, line 2: stream: 'Invoices' is not a stream name")]
    [InlineData("table: crm\nstream: A.b\n", "crm.yaml, line 2: stream: 'A' is no name for a source or stream")]
    [InlineData("table: crm\nstream: a.b\nrecord_id: id\n", "crm.yaml, line 3: record_id: expected a list")]
    [InlineData("table: crm\nstream: a.b\ncolumns: [a]\n", "crm.yaml, line 3: columns: expected pairs")]
    [InlineData("table: crm\nstream: a.b\nrecord_id: [a, a]\n", "crm.yaml, line 3: record_id: A column is named twice in: a, a.")]
    [InlineData("table: crm\nstream: a.b\nupdated_at:\n", "crm.yaml, line 3: updated_at: expected a text")]
    [InlineData("table: crm\nstream: a.b\ncsv: { delimiter: \";;\" }\n", "crm.yaml, line 3: delimiter: expected one character")]
    [InlineData("table: crm\nstream: a.b\ncsv:\n  encoding: latin-99\n", "crm.yaml, line 4: encoding: There is no encoding 'latin-99'")]
    [InlineData("table: crm\ntable: crm\nstream: a.b\n", "crm.yaml, line 2: ")]
    [InlineData("table: crm\nstream: [a.b\n", "crm.yaml, line ")]
    [InlineData("", "crm.yaml, line 1: expected fields")]
    [InlineData("- a\n", "crm.yaml, line 1: expected fields")]
    public void A_mistake_is_named_with_file_line_and_field(string text, string expected)
    {
        var failure = Assert.Throws<FormatException>(() => LandingTableFile.Parse("crm.yaml", text, Entities));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("../x")]
    public void A_table_is_named_as_a_folder(string name) =>
        Assert.Throws<ArgumentException>(() => LandingTable.OfEntity(name, LandingColumns.Any));
}
