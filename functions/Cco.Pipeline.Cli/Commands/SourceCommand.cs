using System.CommandLine;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco source</c>: the systems that are read over their APIs.</summary>
internal static class SourceCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "A source such as stripe; `cco source list` shows all." };

    public static Command Build(CliRoot root)
    {
        var command = new Command("source", "Show, set up and try the systems that are read over their APIs.");
        command.Subcommands.Add(List(root));
        command.Subcommands.Add(Add(root));
        command.Subcommands.Add(Test(root));
        command.Subcommands.Add(Discover(root));
        command.Subcommands.Add(Preview(root));
        command.Subcommands.Add(Schema(root));
        return command;
    }

    private static Command List(CliRoot root) =>
        root.Command("list", "List the sources that there are, and which are read.", [], (session, _, _) =>
        {
            var sources = session.Get<SourceRegistry>().All();
            session.Output.Write(sources, console =>
            {
                var table = Output.Table("Source", "For", "Vendor", "Streams#", "Read", "Documentation…");
                foreach (var source in sources)
                {
                    Output.Row(
                        table, source.Name, source.Kind.ToString().ToLowerInvariant(), source.Title, $"{source.Streams.Count}",
                        source.IsEnabled ? "yes" : source.IsConfigured ? "off" : "no", source.Documentation);
                }

                console.Write(table);
                console.WriteLine("`cco source add <source>` sets one up.");
            });
            return Task.FromResult(ExitCode.Done);
        });

    private static Command Add(CliRoot root)
    {
        var start = ValueOption.Day("--start", "The first day that is read, in UTC (default: 2020-01-01).");
        return root.Command("add", "Add a source to the settings file, and say how to make its credentials and where they go.", [Source, start], async (session, result, cancellationToken) =>
        {
            var source = Find(session, result.GetValue(Source)!);
            var file = Path.GetFullPath(session.SettingsFile);
            var added = source.IsConfigured ? null : SettingsText.With(
                File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "{\n}\n", source, result.GetValue(start) ?? new SourceSettings().Start);
            if (added is not null)
            {
                await File.WriteAllTextAsync(file, added, cancellationToken);
            }

            session.Output.Write(
                new { source.Name, settings_file = file, written = added is not null, source.Setup, secrets = source.Secrets.Select(secret => SettingsText.Variable(source.Name, secret.Name)) },
                console =>
                {
                    console.WriteLine(added is null ? $"{source.Title} is in {file} already." : $"Added to {file}: Sources:{source.Name}.");
                    console.WriteLine();
                    source.Setup.ToList().ForEach(line => console.WriteLine($"  {line}"));
                    console.WriteLine();
                    foreach (var setting in source.Settings)
                    {
                        console.WriteLine($"  setting   Sources:{source.Name}:{setting.Name}{(setting.Default is { } usual ? $" (default: {usual})" : "")}: {setting.Description}");
                    }

                    foreach (var secret in source.Secrets)
                    {
                        console.WriteLine($"  secret    environment variable {SettingsText.Variable(source.Name, secret.Name)}: {secret.Description}");
                    }

                    console.WriteLine();
                    console.WriteLine($"Then: `cco source test {source.Name}`, `cco source preview {source.Name} {source.Streams[0].Name.Stream}`, `cco run`.");
                });
            return ExitCode.Done;
        });
    }

    private static Command Test(CliRoot root) =>
        root.Command("test", "Make one call that needs the credentials.", [Source], (session, result, cancellationToken) => GuardAsync(session, async () =>
        {
            var source = Find(session, result.GetValue(Source)!);
            await session.Get<SourcePreview>().TestAsync(source.Name, cancellationToken);
            session.Output.Write(new { source.Name, works = true }, console => console.WriteLine($"{source.Title}: the credentials work."));
        }));

    private static Command Discover(CliRoot root) =>
        root.Command("discover", "List the streams of a source and how each is read.", [Source], (session, result, _) =>
        {
            var source = Find(session, result.GetValue(Source)!);
            session.Output.Write(source.Streams, console =>
            {
                var table = Output.Table("Stream", "Read", "A record is…");
                foreach (var stream in source.Streams)
                {
                    Output.Row(table, stream.Name.Stream, stream.Mode switch { StreamMode.Windows => "what changed", StreamMode.Cursor => "what is new", _ => "whole" }, stream.Description);
                }

                console.Write(table);
            });
            return Task.FromResult(ExitCode.Done);
        });

    private static Command Preview(CliRoot root)
    {
        var stream = new Argument<string>("stream") { Description = "A stream of it; `cco source discover` lists them." };
        var count = ValueOption.Number<int>("--limit", "Records at most.", 10);
        return root.Command("preview", "Show the first records of a stream, and what its staging models make of them. Nothing lands.", [Source, stream, count], (session, result, cancellationToken) => GuardAsync(session, async () =>
        {
            var source = Find(session, result.GetValue(Source)!);
            var preview = session.Get<SourcePreview>();
            var records = await preview.RecordsAsync(source.Name, result.GetValue(stream)!, result.GetValue(count)!.Value, cancellationToken);
            var staged = preview.Staged(new StreamName(source.Name, result.GetValue(stream)!), records);
            session.Output.Write(new { records, staged }, console =>
            {
                foreach (var record in records)
                {
                    console.WriteLine($"{record.RecordId}  {record.UpdatedAt:yyyy-MM-dd HH:mm:ss}Z{(record.IsDeleted ? "  deleted" : "")}");
                    console.WriteLine($"  {record.Payload.ReplaceLineEndings(" ")}");
                }

                staged.ToList().ForEach(model => Print(console, model));
                console.WriteLine(records.Count == 0 ? "There is no record." : $"{Output.Count(records.Count, "record")}; {(staged.Count == 0 ? "no staging model reads this stream" : Output.Count(staged.Count, "staging model"))}.");
            });
        }));
    }

    private static void Print(IAnsiConsole console, StagedPreview model)
    {
        console.WriteLine();
        console.WriteLine(model.Model);
        var table = Output.Table([.. model.Columns.Select(column => column + "…"), "Problem…"]);
        foreach (var (row, problem) in model.Rows.Zip(model.Problems))
        {
            Output.Row(table, [.. row, problem]);
        }

        console.Write(table);
    }

    private static Command Schema(CliRoot root) =>
        root.Command("schema", "Print the JSON schema of source descriptions, for editors.", [], (session, _, _) =>
        {
            session.Output.Raw(SourceSchema.Text());
            return Task.FromResult(ExitCode.Done);
        });

    private static SourceInfo Find(CliSession session, string name) => session.Get<SourceRegistry>().Find(name)
        ?? throw new UsageException($"There is no source '{name}'; there are {string.Join(", ", session.Get<SourceRegistry>().Names)}.");

    private static async Task<int> GuardAsync(CliSession session, Func<Task> work)
    {
        try
        {
            await work();
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is ExtractException or WindowTooLargeException)
        {
            return session.Output.Fail(exception.Message, ExitCode.Wrong);
        }
    }
}
