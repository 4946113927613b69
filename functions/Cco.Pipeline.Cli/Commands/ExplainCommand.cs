using System.CommandLine;
using System.Globalization;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco explain</c>: a published number, down to its raw records.</summary>
internal static class ExplainCommand
{
    /// <summary>What periods are called.</summary>
    public const string PeriodNames =
        "2026-03 (month), 2026-Q1 (quarter of the fiscal year), FY2026 (fiscal year that ends in 2026), 2026-03/12 (the twelve months that end with March 2026)";

    private const int Top = 20;

    public static Command Build(CliRoot root)
    {
        var kpi = new Argument<string>("kpi") { Description = "The KPI, such as net_revenue_retention." };
        var period = new Argument<string>("period") { Description = $"{PeriodNames}." };
        var segment = new Option<string?>("--segment") { Description = "One segment, such as region=EMEA.", HelpName = "dimension=value" };
        var customer = new Option<string?>("--customer")
        {
            Description = $"One customer, by key or name: its part, down to the raw records. '{KpiQuestion.NoCustomer}': what comes from no customer that is known.",
            HelpName = "key",
        };
        var top = ValueOption.Number<int>("--top", "Customers to show one by one, the largest first.", Top);
        return root.Command("explain", "Take a KPI apart: the customers it is made of, and of one customer everything down to the raw records.", [kpi, period, segment, customer, top], async (session, result, cancellationToken) =>
        {
            if (result.GetValue(top) is < 1)
            {
                throw new UsageException("--top is 1 or more.");
            }

            var question = new KpiQuestion(
                result.GetValue(kpi)!, result.GetValue(period)!, result.GetValue(segment), result.GetValue(customer), result.GetValue(top)!.Value);
            var explanation = await session.Get<KpiExplainer>().ExplainAsync(question, cancellationToken);
            session.Output.Write(Document(explanation), console => Print(console, explanation));
            return ExitCode.Done;
        });
    }

    /// <summary>For machines, the rows of evidence are objects.</summary>
    private static object Document(KpiExplanation explanation) => new
    {
        explanation.RunId,
        explanation.AsOf,
        explanation.Kpi,
        explanation.Title,
        explanation.Formula,
        explanation.Population,
        explanation.Unit,
        explanation.Currency,
        explanation.Period,
        explanation.Segment,
        explanation.Value,
        explanation.Total,
        explanation.CustomerCount,
        explanation.Customers,
        explanation.Others,
        Evidence = explanation.Evidence?.Select(evidence => new
        {
            evidence.Title,
            Rows = evidence.Rows.Select(row => evidence.Columns.Zip(row).ToDictionary(cell => cell.First.Name, cell => cell.Second)),
            evidence.Sums,
            evidence.IsOfWholeCustomer,
        }),
    };

    private static void Print(IAnsiConsole console, KpiExplanation explanation)
    {
        Head(console, explanation);
        console.Write(explanation.Evidence is null ? Customers(explanation) : Customer(explanation));
        foreach (var evidence in explanation.Evidence ?? [])
        {
            console.MarkupLineInterpolated($"[bold]{evidence.Title}[/]{(evidence.IsOfWholeCustomer ? $": all the customer's, not only what is of {explanation.Segment}" : "")}");
            EvidenceTables.Print(console, evidence);
        }

        console.WriteLine(explanation.Evidence is null
            ? "--customer <key> shows what a customer's part is made of, down to the raw records."
            : "All sums shown are those of the published run.");
    }

    private static void Head(IAnsiConsole console, KpiExplanation explanation)
    {
        var (period, total) = (explanation.Period, explanation.Total);
        console.MarkupLineInterpolated($"[bold]{explanation.Title}[/], {period.Name}: {period.Start:yyyy-MM-dd} to {period.End.AddDays(-1):yyyy-MM-dd}{(period.IsComplete ? "" : ", so far")}{(explanation.Segment is { } segment ? $", {segment}" : "")}");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var quotient = total.Denominator is { } denominator ? $" = {Number(total.Numerator)} / {Number(denominator)}" : "";
        foreach (var (what, text) in new[]
        {
            ("Value", $"{KpiOverview.Value(explanation.Value, explanation.Unit)}{(explanation.Currency is { } currency ? $" {currency}" : "")}{quotient}, n {total.N:N0}"),
            ("Formula", explanation.Formula),
            ("About", explanation.Population),
            ("Published", $"run {explanation.RunId}, as of {explanation.AsOf:yyyy-MM-dd}"),
        })
        {
            grid.AddRow(Markup.Escape(what), Markup.Escape(text));
        }

        console.Write(grid);
    }

    private static Table Customers(KpiExplanation explanation)
    {
        var table = PartTable(explanation, explanation.Customers);
        var others = explanation.CustomerCount - explanation.Customers.Count;
        if (others > 0)
        {
            Row(table, explanation, $"and {Output.Count(others, "other")}", null, explanation.Others);
        }

        Row(table, explanation, "Total", null, explanation.Total);
        return table;
    }

    private static Table Customer(KpiExplanation explanation)
    {
        var table = PartTable(explanation, explanation.Customers);
        Row(table, explanation, $"of all {explanation.CustomerCount:N0}", null, explanation.Total);
        return table;
    }

    private static Table PartTable(KpiExplanation explanation, IReadOnlyList<KpiCustomer> customers)
    {
        var table = explanation.Total.Denominator is null ? Output.Table("Customer", "Name…", "Numerator#", "n#") : Output.Table("Customer", "Name…", "Numerator#", "Denominator#", "n#");
        foreach (var customer in customers)
        {
            Row(table, explanation, customer.CustomerKey ?? "(no customer)", customer.Name, customer.Part);
        }

        return table;
    }

    private static void Row(Table table, KpiExplanation explanation, string first, string? name, KpiPart part) => Output.Row(
        table,
        explanation.Total.Denominator is null
            ? [first, name, Number(part.Numerator), $"{part.N:N0}"]
            : [first, name, Number(part.Numerator), Number(part.Denominator ?? 0), $"{part.N:N0}"]);

    /// <summary>All digits there are, so that whoever adds them up finds the sum.</summary>
    public static string Number(decimal number) => number.ToString("#,##0.####", CultureInfo.InvariantCulture);
}
