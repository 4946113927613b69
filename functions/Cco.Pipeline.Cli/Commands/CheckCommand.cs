using System.CommandLine;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco check</c>: says what is wrong before a run does.</summary>
internal static class CheckCommand
{
    public static Command Build(CliRoot root) =>
        root.Command("check", "Check settings, landing tables, models and contracts without reading data.", [], async (session, _, cancellationToken) =>
        {
            var problems = await FindAsync(session, cancellationToken);
            session.Output.Write(new { problems }, console =>
            {
                if (problems.Count == 0)
                {
                    console.MarkupLine("[green]Everything fits together.[/]");
                }

                problems.ToList().ForEach(problem => console.WriteLine(problem.ToString()));
            });
            return problems.Count == 0 ? ExitCode.Done : ExitCode.Wrong;
        });

    private static async Task<IReadOnlyList<SqlProblem>> FindAsync(CliSession session, CancellationToken cancellationToken)
    {
        try
        {
            var catalog = CatalogReader.Read(session.Get<TransformOptions>());
            _ = LandingTables.Of(catalog);
            return await session.Get<Transformer>().CheckAsync(catalog, session.Get<KpiOptions>().Today(TimeProvider.System), cancellationToken);
        }
        catch (TransformException exception)
        {
            return exception.Problems;
        }
    }
}
