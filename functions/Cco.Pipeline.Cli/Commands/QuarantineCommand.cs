using System.CommandLine;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco quarantine</c>: what could not be used, and why.</summary>
internal static class QuarantineCommand
{
    public static Command Build(CliRoot root)
    {
        var command = new Command("quarantine", "Show what could not be used and why, or try it again.");
        command.Subcommands.Add(List(root));
        command.Subcommands.Add(Show(root));
        command.Subcommands.Add(Retry(root));
        return command;
    }

    private static Command List(CliRoot root) =>
        root.Command("list", "Count the rows in quarantine by stream, column and reason, and list the files that failed.", [], async (session, _, cancellationToken) =>
        {
            var rows = (await session.Get<Quarantine>().RowsAsync(stream: null, cancellationToken))
                .GroupBy(row => (row.Stream, row.Column, row.Reason))
                .Select(group => new { group.Key.Stream, group.Key.Column, group.Key.Reason, rows = group.Count() })
                .OrderBy(group => group.Stream, StringComparer.Ordinal).ThenByDescending(group => group.rows).ToList();
            var files = await session.Get<Quarantine>().FailedFilesAsync(cancellationToken);
            session.Output.Write(new { rows, files }, console =>
            {
                if (rows.Count > 0)
                {
                    var table = Output.Table("Stream", "Column", "Rows#", "Reason…");
                    rows.ForEach(row => Output.Row(table, row.Stream, row.Column, $"{row.rows:N0}", row.Reason));
                    console.Write(table);
                }

                files.ToList().ForEach(file => console.WriteLine($"{file.Path}: {file.Reason}"));
                console.WriteLine(rows.Count + files.Count == 0
                    ? "Nothing is in quarantine."
                    : "`cco quarantine show <stream>` shows the rows; `cco quarantine retry` has failed files read again.");
            });
            return ExitCode.Done;
        });

    private static Command Show(CliRoot root)
    {
        var stream = new Argument<string?>("stream") { Description = "A stream such as file.customer; none: all.", Arity = ArgumentArity.ZeroOrOne };
        var limit = ValueOption.Number<int>("--limit", "Rows at most.", 50);
        return root.Command("show", "Show rows in quarantine: file, line, column, value and reason.", [stream, limit], async (session, result, cancellationToken) =>
        {
            var rows = (await session.Get<Quarantine>().RowsAsync(result.GetValue(stream), cancellationToken)).Take(result.GetValue(limit)!.Value).ToList();
            session.Output.Write(rows, console =>
            {
                if (rows.Count == 0)
                {
                    console.WriteLine("No such row is in quarantine.");
                    return;
                }

                var table = Output.Table("Stream", "File", "Line#", "Column", "Value…", "Reason…");
                rows.ForEach(row => Output.Row(table, row.Stream, row.File, $"{row.Position}", row.Column, row.Value, row.Reason));
                console.Write(table);
            });
            return ExitCode.Done;
        });
    }

    private static Command Retry(CliRoot root) =>
        root.Command("retry", "Put failed files, and files with unreadable rows, back into landing/ for the next run.", [], async (session, _, cancellationToken) =>
        {
            var files = await session.Get<Quarantine>().RetryAsync(cancellationToken);
            session.Output.Write(new { files }, console =>
            {
                files.ToList().ForEach(file => console.WriteLine(file));
                console.WriteLine(files.Count == 0 ? "Nothing is to be read again." : $"{Output.Count(files.Count, "file")} put back into landing/; `cco run` reads them.");
            });
            return ExitCode.Done;
        });
}
