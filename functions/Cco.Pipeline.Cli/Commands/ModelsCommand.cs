using System.CommandLine;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco models</c>: what the SQL consists of.</summary>
internal static class ModelsCommand
{
    private const string GrainBeginning = "One row per";

    /// <summary>The characters of a line that rows, seconds and what parts the columns take.</summary>
    private const int Fixed = 28;

    /// <summary>The characters that are shown of a long text in any case.</summary>
    private const int Least = 15;

    public static Command Build(CliRoot root) =>
        root.Command("models", "List the models with grain, inputs, and the rows and time of their last build.", [], async (session, _, cancellationToken) =>
        {
            var catalog = CatalogReader.Read(session.Get<TransformOptions>());
            var reports = await RunReport.LatestFirstAsync(session.Lake, cancellationToken).Take(20).ToListAsync(cancellationToken);
            var models = catalog.Models.Values.Select(model => Line(model, reports)).ToList();
            session.Output.Write(models, console => Print(console, models));
            return ExitCode.Done;
        });

    /// <summary>A line a model: what does not fit into a terminal is cut.</summary>
    private static void Print(IAnsiConsole console, List<ModelLine> models)
    {
        var room = Math.Max((console.Profile.Width - Fixed - models.Max(model => model.Name.Length)) / 2, Least);
        var table = Output.Table("Model", "Rows#", "Seconds#", GrainBeginning, "Reads");
        foreach (var layer in models.GroupBy(model => model.Layer).OrderBy(layer => Enum.Parse<Layer>(layer.Key, ignoreCase: true)))
        {
            table.AddRow($"[bold]{layer.Key}[/]");
            foreach (var model in layer.OrderBy(model => model.Name, StringComparer.Ordinal))
            {
                Output.Row(table, model.Name, model.Rows is { } rows ? $"{rows:N0}" : "-", model.Seconds is { } seconds ? $"{seconds:0.00}" : "-", Short(Grain(model), room), Short(string.Join(", ", model.Reads), room));
            }
        }

        console.Write(table);
    }

    private static string Grain(ModelLine model) => model.Grain.StartsWith(GrainBeginning, StringComparison.OrdinalIgnoreCase) ? model.Grain[GrainBeginning.Length..].Trim() : "";

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
