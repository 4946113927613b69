using Cco.Pipeline.Cli.Commands;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli;

/// <summary>What shows what a customer's part is made of, for people: a table, and of raw records one for each file they lie in.</summary>
internal static class EvidenceTables
{
    private const string RawFile = "raw_file";
    private const string DroppedFile = "file";

    public static void Print(IAnsiConsole console, KpiEvidence evidence)
    {
        var names = evidence.Columns.Select(column => column.Name).ToList();
        if (!names.Contains(RawFile))
        {
            console.Write(Of(evidence, evidence.Rows));
            return;
        }

        foreach (var file in evidence.Rows.GroupBy(row => (Raw: row[names.IndexOf(RawFile)], Dropped: row[names.IndexOf(DroppedFile)])))
        {
            console.WriteLine($"In {file.Key.Raw}, from {file.Key.Dropped}:");
            console.Write(Of(evidence, [.. file]));
        }
    }

    /// <summary>Columns that say nothing in any row are left out.</summary>
    private static Table Of(KpiEvidence evidence, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var shown = evidence.Columns.Index()
            .Where(column => column.Item.Name is not (RawFile or DroppedFile) && rows.Any(row => row[column.Index] is not (null or false))).ToList();
        var table = Output.Table([.. shown.Select(column => Heading(column.Item))]);
        foreach (var row in rows)
        {
            Output.Row(table, [.. shown.Select(column => Cell(row[column.Index]))]);
        }

        if (evidence.Sums.Count > 0)
        {
            Output.Row(table, [.. shown.Select((column, place) =>
                evidence.Sums.TryGetValue(column.Item.Name, out var sum) ? ExplainCommand.Number(sum) : place == 0 ? "Total" : "")]);
        }

        return table;
    }

    /// <summary>One word a line, so that the width is left to what stands below.</summary>
    private static string Heading(QueryColumn column) =>
        column.Name.Replace('_', '\n')
        + (column.Type == typeof(string) ? "…" : column.IsNumber ? "#" : "");

    private static string Cell(object? value) => value switch
    {
        decimal number => ExplainCommand.Number(number),
        true => "yes",
        false => "",
        _ => CsvText.Plain(value),
    };
}
