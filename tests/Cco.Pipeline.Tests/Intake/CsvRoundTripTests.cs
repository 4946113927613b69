using System.Text;
using System.Text.Json;
using Cco.Pipeline.Intake;
using CsCheck;

namespace Cco.Pipeline.Tests.Intake;

public sealed class CsvRoundTripTests
{
    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.OneOf("", "\"", "\"\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", " ", "\\", "é", "😀", "\uFEFF", "{", "=1+1", "\u2028", "a"),
        Gen.Char[" \"',;|\t\r\n\\ab0é漢"].Array[0, 12].Select(characters => new string(characters)));

    private static readonly Gen<(string[][] Rows, char Delimiter, string LineEnd, int Packing)> Tables =
        from columns in Gen.Int[1, 5]
        from rows in Cell.Array[columns].Array[1, 8]
        from delimiter in Gen.Char[",;\t|"]
        from lineEnd in Gen.OneOf("\n", "\r\n", "\r")
        from packing in Gen.Int[0, 2]
        select (rows, delimiter, lineEnd, packing);

    [Fact]
    public async Task Any_table_reads_back_as_it_was_written() => await Tables.SampleAsync(
        async table =>
        {
            var headers = Enumerable.Range(0, table.Rows[0].Length).Select(column => $"c{column}").ToArray();
            var text = string.Concat(table.Rows.Prepend(headers).Select(row => string.Join(table.Delimiter, row.Select(Quoted)) + table.LineEnd));
            var format = new CsvFormat(delimiter: table.Delimiter);

            var drop = await Drop.ReadAsync(Packed(Encoding.UTF8.GetBytes(text), table.Packing), Drop.Table(LandingColumns.Any, format));

            Assert.Empty(drop.Rejected);
            Assert.Equal(table.Rows, drop.Payloads.Select(payload => Cells(payload, headers)));
        },
        iter: 500);

    [Fact]
    public async Task The_delimiter_of_plain_tables_is_found() => await Tables.SampleAsync(
        async table =>
        {
            var rows = table.Rows.Select(row => row.Append("end").Select(Plain).ToArray()).ToArray();
            var headers = Enumerable.Range(0, rows[0].Length).Select(column => $"c{column}").ToArray();
            var text = string.Concat(rows.Prepend(headers).Select(row => string.Join(table.Delimiter, row.Select(Quoted)) + table.LineEnd));

            var drop = await Drop.ReadAsync(text);

            Assert.Empty(drop.Rejected);
            Assert.Equal(rows, drop.Payloads.Select(payload => Cells(payload, headers)));
        },
        iter: 500);

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Plain(string cell) => new([.. cell.Where(character => char.IsLetterOrDigit(character) || character is '\n' or '\r')]);

    private static byte[] Packed(byte[] bytes, int packing) => packing switch
    {
        0 => bytes,
        1 => Drop.Gzip(bytes),
        _ => Drop.Zip(("table.csv", bytes)),
    };

    private static string[] Cells(string payload, string[] headers)
    {
        using var document = JsonDocument.Parse(payload);
        return [.. headers.Select(header => document.RootElement.GetProperty(header).GetString()!)];
    }
}
