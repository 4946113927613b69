using System.CommandLine;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco query</c>: SQL over the published marts.</summary>
internal static class QueryCommand
{
    public static Command Build(CliRoot root)
    {
        var sql = new Argument<string?>("sql") { Description = "One select; none opens a prompt.", Arity = ArgumentArity.ZeroOrOne };
        var csv = new Option<bool>("--csv") { Description = "Print CSV; text that a spreadsheet would run as a formula gets an apostrophe." };
        return root.Command("query", "Run SQL over the published marts (read-only).", [sql, csv], async (session, result, cancellationToken) =>
        {
            using var reader = await MartReader.OpenAsync(session.Lake, cancellationToken);
            return result.GetValue(sql) is { } text
                ? Answer(session.Output, reader, text, result.GetValue(csv), cancellationToken)
                : Converse(session.Output, reader, result.GetValue(csv), cancellationToken);
        });
    }

    private static int Answer(Output output, MartReader reader, string sql, bool isCsv, CancellationToken cancellationToken)
    {
        try
        {
            var answer = reader.Query(sql, cancellationToken);
            if (isCsv)
            {
                output.Raw(CsvText.Line(answer.Columns.Select(column => column.Name)));
                answer.Rows.ToList().ForEach(row => output.Raw(CsvText.Line(row)));
                return ExitCode.Done;
            }

            var names = answer.Columns.Select(column => column.Name).ToList();
            output.Write(
                answer.Rows.Select(row => names.Zip(row).GroupBy(cell => cell.First).ToDictionary(cell => cell.Key, cell => cell.First().Second)),
                console => Print(console, answer));
            return ExitCode.Done;
        }
        catch (QueryException exception)
        {
            return output.Fail(exception.Message, ExitCode.Wrong);
        }
    }

    private static void Print(IAnsiConsole console, QueryResult answer)
    {
        var table = Output.Table([.. answer.Columns.Select(column => column.IsNumber ? column.Name + "#" : column.Name + "…")]);
        answer.Rows.ToList().ForEach(row => Output.Row(table, [.. row.Select(value => value is null ? "NULL" : CsvText.Plain(value))]));
        console.Write(table);
        console.WriteLine(Output.Count(answer.Rows.Count, "row"));
    }

    private static int Converse(Output output, MartReader reader, bool isCsv, CancellationToken cancellationToken)
    {
        if (LinePrompt.IsInteractive)
        {
            output.Console.MarkupLine("[grey]SQL over the published marts, up to a ';'. `show tables;` lists them, `exit` or Ctrl-D leaves.[/]");
        }

        var prompt = new LinePrompt("cco> ", "...> ");
        var code = ExitCode.Done;
        while (prompt.Read(IsExit) is { } statement && !IsExit(statement))
        {
            code = Math.Max(code, Answer(output, reader, statement, isCsv, cancellationToken));
        }

        return LinePrompt.IsInteractive ? ExitCode.Done : code;
    }

    private static bool IsExit(string statement) => statement.Trim() is "exit" or "quit" or ".exit" or ".quit";
}
