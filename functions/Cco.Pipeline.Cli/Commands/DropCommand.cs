using System.CommandLine;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco drop</c>: puts files where the next run takes them in.</summary>
internal static class DropCommand
{
    public static Command Build(CliRoot root)
    {
        var table = new Argument<string>("table") { Description = "The conformed entity or declared table the files belong to." };
        var files = new Argument<FileInfo[]>("file") { Description = "CSV, NDJSON, JSON or Parquet; plain, gzip or zip.", Arity = ArgumentArity.OneOrMore };
        return root.Command("drop", "Put files into landing/ for the next run.", [table, files], async (session, result, cancellationToken) =>
        {
            var name = result.GetValue(table)!;
            var tables = LandingTables.Of(CatalogReader.Read(session.Get<TransformOptions>()));
            if (!tables.ContainsKey(name))
            {
                throw new UsageException($"There is no table '{name}'. There are: {string.Join(", ", tables.Keys.Order(StringComparer.Ordinal))}.");
            }

            var missing = result.GetValue(files)!.Where(file => !file.Exists).Select(file => $"'{file}'").ToList();
            if (missing.Count > 0)
            {
                throw new FileNotFoundException($"There is no file {string.Join(", ", missing)}; nothing was dropped.");
            }

            var dropped = new List<string>();
            foreach (var file in result.GetValue(files)!)
            {
                await using var content = file.OpenRead();
                dropped.Add((await session.Get<LandingDrop>().PutAsync(name, file.Name, content, cancellationToken)).Value);
            }

            session.Output.Write(new { table = name, dropped }, console => dropped.ForEach(path => console.WriteLine(path)));
            return ExitCode.Done;
        });
    }
}
