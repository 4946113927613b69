using System.CommandLine;
using System.Globalization;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;

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
        var kpi = new Option<string?>("--kpi") { Description = "Show one KPI and, with --period, the customers that make the difference.", HelpName = "kpi" };
        var period = new Option<string?>("--period")
        {
            Description = $"The period whose customers are shown: {ExplainCommand.PeriodNames}.",
            HelpName = "period",
        };
        return root.Command(
            "compare",
            "Show the KPIs that differ between two published runs, or the customers behind one of them.",
            [before, after, segment, kpi, period],
            async (session, result, cancellationToken) =>
            {
                var one = result.GetValue(before)!;
                var other = result.GetValue(after) ?? (await Manifest.ReadAsync(session.Lake, cancellationToken))?.RunId
                    ?? throw new UsageException("Nothing has been published yet: `cco run` publishes.");
                if (result.GetValue(period) is { } name)
                {
                    var asked = result.GetValue(kpi) ?? throw new UsageException("Say which KPI's customers to show: --kpi <kpi>.");
                    Write(session.Output, await session.Get<CustomerComparison>().CompareAsync(one, other, asked, name, cancellationToken));
                }
                else
                {
                    var comparison = session.Get<KpiComparison>();
                    var changes = await comparison.KpisAsync(
                        await comparison.TablesAsync(one, cancellationToken), await comparison.TablesAsync(other, cancellationToken), cancellationToken);
                    Write(session.Output, [.. changes.Where(change => (result.GetValue(kpi) ?? change.Kpi) == change.Kpi)], result.GetValue(segment)!);
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

    private static void Write(Output output, CustomerChanges changes) => output.Write(changes, console =>
    {
        if (changes.Customers.Count == 0)
        {
            console.WriteLine($"No customer's part of {changes.Kpi} in {changes.Period.Name} differs.");
            return;
        }

        var table = Output.Table("Customer", "Numerator before#", "after#", "change#", "Denominator before#", "after#");
        foreach (var customer in changes.Customers)
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
        console.WriteLine($"{Output.Count(changes.Customers.Count, "customer")}; `cco explain {changes.Kpi} {changes.Period.Name} --customer <key>` shows the records behind one.");
    });

    private static string Number(double? value) => value?.ToString("#,0.########", CultureInfo.InvariantCulture) ?? "none";
}
