using System.CommandLine;
using Cco.Pipeline.Cli.Vendors;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco demo</c>: the whole way once, with the sample company.</summary>
internal static class DemoCommand
{
    public static Command Build(CliRoot root)
    {
        var through = new Option<SampleWay>("--through")
        {
            Description = "How the company comes: what vendors can say over their APIs, from servers on this machine, and the rest as files (api), or all as files (files).",
            DefaultValueFactory = _ => SampleWay.Api,
            HelpName = "api|files",
        };
        through.AcceptOnlyFromAmong("api", "files");
        return root.Command("demo", "Generate the sample company, land it, build the marts, publish them and show the KPIs.", [through], async (session, result, cancellationToken) =>
        {
            await using var delivery = await SampleDelivery.BeginAsync(session, result.GetValue(through), new SampleOptions { End = SampleCommand.DefaultEnd }, cancellationToken);
            var report = await RunDisplay.RunAsync(session, new RunRequest(SampleCommand.DefaultEnd, Sources: delivery.Sources), cancellationToken);
            if (report.Status != RunStatus.Succeeded)
            {
                session.Output.Write(report, console => RunDisplay.Summary(console, report));
                return RunCommand.Code(report);
            }

            using var marts = await MartReader.OpenAsync(session.Lake, cancellationToken);
            var kpis = KpiOverview.Read(marts, cancellationToken);
            session.Output.Write(new { report, kpis }, console =>
            {
                RunDisplay.Summary(console, report);
                KpiOverview.Print(console, kpis);
                Places(console, session.LakeAddress, delivery);
            });
            return ExitCode.Done;
        });
    }

    private static void Places(IAnsiConsole console, string lake, SampleDelivery delivery)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (path, what) in new[]
        {
            ("marts/latest/", "the KPI tables as Parquet, for Power BI, Excel, DuckDB, Spark"),
            ("marts/warehouse.duckdb", "the same tables as one database, with comments"),
            ("runs/", "the report of each run"),
            ("landing-done/", $"the {delivery.Files} files of the sample company"),
        })
        {
            grid.AddRow(Markup.Escape($"{lake}/{path}"), Markup.Escape(what));
        }

        if (delivery.Sources.Count > 0)
        {
            grid.AddRow(Markup.Escape($"{lake}/raw/"), Markup.Escape($"the records of {string.Join(", ", delivery.Sources)}, read over their APIs from servers that were on this machine while it ran"));
        }

        console.Write(grid);
        console.MarkupLine("Next: [bold]./cco query \"select * from fct_kpi limit 5\"[/], [bold]./cco status[/], [bold]./cco models[/]");
    }
}
