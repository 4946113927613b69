using System.CommandLine;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco demo</c>: the whole way once, with the sample company.</summary>
internal static class DemoCommand
{
    public static Command Build(CliRoot root) =>
        root.Command("demo", "Generate the sample company, land it, build the marts, publish them and show the KPIs.", [], async (session, _, cancellationToken) =>
        {
            var files = await DropAsync(session, cancellationToken);
            var report = await RunDisplay.RunAsync(session, new RunRequest(SampleCommand.DefaultEnd), cancellationToken);
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
                Places(console, session.LakeAddress, files);
            });
            return ExitCode.Done;
        });

    private static async Task<int> DropAsync(CliSession session, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cco-sample-");
        try
        {
            var truth = await new SampleCompany(new SampleOptions { End = SampleCommand.DefaultEnd }).WriteAsync(folder.FullName, progress: null, cancellationToken);
            foreach (var file in truth.Files)
            {
                var path = LandingSweep.Landing.Child($"{file.Entity}/{Path.GetFileName(file.Path)}");
                await session.Lake.ImportAsync(file.Path, path, cancellationToken);
            }

            return truth.Files.Count;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Places(IAnsiConsole console, string lake, int files)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (path, what) in new[]
        {
            ("marts/latest/", "the KPI tables as Parquet, for Power BI, Excel, DuckDB, Spark"),
            ("marts/warehouse.duckdb", "the same tables as one database, with comments"),
            ("runs/", "the report of each run"),
            ("landing-done/", $"the {files} files of the sample company"),
        })
        {
            grid.AddRow(Markup.Escape($"{lake}/{path}"), Markup.Escape(what));
        }

        console.Write(grid);
        console.MarkupLine("Next: [bold]./cco query \"select * from fct_kpi limit 5\"[/], [bold]./cco status[/], [bold]./cco models[/]");
    }
}
