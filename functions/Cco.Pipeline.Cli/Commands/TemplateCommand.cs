using System.CommandLine;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco template</c>: the header of a file that can be dropped.</summary>
internal static class TemplateCommand
{
    public static Command Build(CliRoot root)
    {
        var entity = new Argument<string>("entity") { Description = "The conformed entity." };
        return root.Command("template", "Print an empty CSV file of a conformed entity; `cco dictionary` explains its columns.", [entity], (session, result, _) =>
        {
            var catalog = CatalogReader.Read(session.Get<TransformOptions>());
            var name = result.GetValue(entity)!;
            var contract = catalog.Entities.GetValueOrDefault(name)
                ?? throw new UsageException($"There is no entity '{name}'. There are: {string.Join(", ", catalog.Entities.Keys.Order(StringComparer.Ordinal))}.");
            var columns = contract.Columns.Select(column => new { column.Name, column.Type, required = contract.Required.Contains(column.Name), column.Comment });
            session.Output.Write(new { entity = name, columns }, _ => session.Output.Raw(string.Join(',', contract.Columns.Select(column => column.Name)) + "\n"));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
