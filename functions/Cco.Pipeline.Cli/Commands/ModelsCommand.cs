using System.CommandLine;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco models</c>: what the SQL consists of.</summary>
internal static class ModelsCommand
{
    public static Command Build(CliRoot root) =>
        root.Command("models", "List the models with grain, inputs, and the rows and time of the last run.", [], async (session, _, cancellationToken) =>
        {
            var catalog = CatalogReader.Read(session.Get<TransformOptions>());
            var reports = await RunReport.LatestFirstAsync(session.Lake, cancellationToken).Take(20).ToListAsync(cancellationToken);
            var models = catalog.Models.Values.Select(model => Line(model, reports)).ToList();
            session.Output.Write(models, console =>
            {
                var table = Output.Table("Model", "Layer", "Rows#", "Seconds#", "Reads", "Grain");
                foreach (var model in models)
                {
                    Output.Row(table, model.Name, model.Layer, model.Rows is { } rows ? $"{rows:N0}" : "-", model.Seconds is { } seconds ? $"{seconds:0.00}" : "-", Short(string.Join(", ", model.Reads), 50), Short(model.Grain, 90));
                }

                console.Write(table);
            });
            return ExitCode.Done;
        });

    private static ModelLine Line(Model model, IReadOnlyList<RunReport> reports)
    {
        var step = model.Layer == Layer.Conformed ? $"staged.{model.Name}" : model.Name;
        var receipts = reports.SelectMany(report => report.Models).Where(receipt => receipt.Name == step).ToList();
        return new ModelLine(
            model.Name,
            model.Layer.ToString().ToLowerInvariant(),
            model.Header.Grain,
            model.Header.IsCustomerScoped ? "customer" : "company",
            [.. model.References.Tables.Select(table => table.Schema.Length == 0 ? table.Name : $"{table.Schema}.{table.Name}").Order(StringComparer.Ordinal)],
            receipts.FirstOrDefault()?.Rows,
            receipts.FirstOrDefault(receipt => receipt.Outcome == BuildOutcome.Built)?.DurationSeconds,
            model.File);
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private sealed record ModelLine(
        string Name, string Layer, string Grain, string Scope, IReadOnlyList<string> Reads, long? Rows, double? Seconds, string File);
}
