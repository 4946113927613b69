using System.CommandLine;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco dictionary</c>: what every table, column and KPI means.</summary>
internal static class DictionaryCommand
{
    public static Command Build(CliRoot root)
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        return root.Command("dictionary", "Write the data dictionary (DICTIONARY.md, dictionary.csv) from contracts and kpis.yaml.", [folder], async (session, result, cancellationToken) =>
        {
            var dictionary = new DictionaryText(CatalogReader.Read(session.Get<TransformOptions>()), session.Get<KpiOptions>());
            var target = result.GetValue(folder)!;
            target.Create();
            var markdown = Path.Combine(target.FullName, "DICTIONARY.md");
            var csv = Path.Combine(target.FullName, "dictionary.csv");
            await File.WriteAllTextAsync(markdown, dictionary.Markdown(), cancellationToken);
            await File.WriteAllTextAsync(csv, dictionary.Csv(), cancellationToken);
            session.Output.Write(new { markdown, csv }, console =>
            {
                console.WriteLine(markdown);
                console.WriteLine(csv);
            });
            return ExitCode.Done;
        });
    }
}
