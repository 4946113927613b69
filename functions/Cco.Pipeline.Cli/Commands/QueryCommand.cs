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
                : Converse(session.Output, reader, cancellationToken);
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
        var table = Output.Table([.. answer.Columns.Select(column => IsNumber(column.Type) ? column.Name + "#" : column.Name)]);
        answer.Rows.ToList().ForEach(row => Output.Row(table, [.. row.Select(value => value is null ? "NULL" : CsvText.Plain(value))]));
        console.Write(table);
        console.WriteLine($"{answer.Rows.Count:N0} rows");
    }

    private static bool IsNumber(Type type) =>
        type == typeof(decimal) || type == typeof(double) || type == typeof(long) || type == typeof(int) || type == typeof(System.Numerics.BigInteger);

    private static int Converse(Output output, MartReader reader, CancellationToken cancellationToken)
    {
        output.Console.MarkupLine("[grey]SQL over the published marts; end a statement with ';'. `show tables;` lists them, Ctrl-D or `exit` leaves.[/]");
        var prompt = new LinePrompt();
        var statement = "";
        while (prompt.Read(statement.Length == 0 ? "cco> " : "...> ") is { } line && (statement.Length > 0 || line.Trim() is not ("exit" or "quit" or ".exit" or ".quit")))
        {
            statement = statement.Length == 0 ? line : $"{statement}\n{line}";
            if (statement.TrimEnd().EndsWith(';'))
            {
                Answer(output, reader, statement, isCsv: false, cancellationToken);
                statement = "";
            }
        }

        return ExitCode.Done;
    }
}
