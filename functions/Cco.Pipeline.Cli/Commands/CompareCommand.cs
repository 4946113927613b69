using System.CommandLine;
using System.Globalization;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco compare</c>: what one run says otherwise than another.</summary>
internal static class CompareCommand
{
    private const string Whole = "all";

    public static Command Build(CliRoot root)
    {
        var before = new Argument<string>("before") { Description = "A run that was published, as `cco status` names it." };
        var after = new Argument<string?>("after") { Description = "Another one (default: the one published last).", Arity = ArgumentArity.ZeroOrOne };
        var segment = new Option<string>("--segment")
        {
            Description = "Show the segments of one dimension, such as region, instead of the whole.",
            HelpName = "dimension",
            DefaultValueFactory = _ => Whole,
        };
        var kpi = new Option<string?>("--kpi") { Description = "Show one KPI and, with --period-type and --period-start, the customers that make the difference.", HelpName = "kpi" };
        var periodType = new Option<string>("--period-type") { Description = "The kind of period whose customers are shown.", DefaultValueFactory = _ => "month" };
        periodType.AcceptOnlyFromAmong("month", "quarter", "fiscal_year", "trailing_12_months");
        var periodStart = ValueOption.Day("--period-start", "The first day of the period whose customers are shown, one of the latest months.");
        return root.Command(
            "compare",
            "Show the KPIs that differ between two published runs, or the customers behind one of them.",
            [before, after, segment, kpi, periodType, periodStart],
            async (session, result, cancellationToken) =>
            {
                var comparison = session.Get<KpiComparison>();
                var latest = result.GetValue(after) ?? (await Manifest.ReadAsync(session.Lake, cancellationToken))?.RunId
                    ?? throw new UsageException("Nothing has been published yet: `cco run` publishes.");
                var one = await comparison.TablesAsync(result.GetValue(before)!, cancellationToken);
                var other = await comparison.TablesAsync(latest, cancellationToken);
                if (result.GetValue(periodStart) is not { } start)
                {
                    var changes = await comparison.KpisAsync(one, other, cancellationToken);
                    Write(session.Output, [.. changes.Where(change => (result.GetValue(kpi) ?? change.Kpi) == change.Kpi)], result.GetValue(segment)!);
                }
                else
                {
                    var name = result.GetValue(kpi) ?? throw new UsageException("Say which KPI's customers to show: --kpi <kpi>.");
                    var customers = await comparison.CustomersAsync(one, other, name, result.GetValue(periodType)!, start, cancellationToken);
                    Write(session.Output, name, customers);
                }

                return ExitCode.Done;
            });
    }

    /// <summary>Prints what differs, the segments of one dimension for people and all of it for machines.</summary>
    public static void Write(Output output, IReadOnlyList<KpiChange> changes, string dimension) => output.Write(changes, console =>
    {
        var shown = changes.Where(change => change.SegmentDimension == dimension).ToList();
        if (shown.Count > 0)
        {
            var table = Output.Table("KPI", "Period", "Start", "Segment", "Before#", "After#", "Change#");
            foreach (var change in shown)
            {
                Output.Row(
                    table, change.Kpi, change.PeriodType, $"{change.PeriodStart:yyyy-MM-dd}", change.SegmentValue, Number(change.Before?.Value), Number(change.After?.Value), Number(change.Change));
            }

            console.Write(table);
        }

        console.WriteLine(
            changes.Count == 0 ? "No KPI differs."
            : $"{Output.Count(shown.Count, "number")} of {(dimension == Whole ? "the whole company" : $"segments by {dimension}")} differ, {Output.Count(changes.Count - shown.Count, "other")}; --segment <dimension> shows those, --json all.");
    });

    private static void Write(Output output, string kpi, IReadOnlyList<CustomerChange> customers) => output.Write(customers, console =>
    {
        if (customers.Count == 0)
        {
            console.WriteLine($"No customer's part of {kpi} differs.");
            return;
        }

        var table = Output.Table("Customer", "Numerator before#", "after#", "change#", "Denominator before#", "after#");
        foreach (var customer in customers)
        {
            Output.Row(
                table,
                customer.CustomerKey ?? "(none)",
                $"{customer.NumeratorBefore:N2}",
                $"{customer.NumeratorAfter:N2}",
                $"{customer.NumeratorAfter - customer.NumeratorBefore:N2}",
                $"{customer.DenominatorBefore:N2}",
                $"{customer.DenominatorAfter:N2}");
        }

        console.Write(table);
        console.WriteLine($"{Output.Count(customers.Count, "customer")}; `cco explain` shows the records behind one.");
    });

    private static string Number(double? value) => value?.ToString("#,0.########", CultureInfo.InvariantCulture) ?? "none";
}
