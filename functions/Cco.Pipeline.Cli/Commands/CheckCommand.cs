using System.CommandLine;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco check</c>: says what is wrong before a run does.</summary>
internal static class CheckCommand
{
    public static Command Build(CliRoot root) =>
        root.Command("check", "Check settings, sources, landing tables, models and contracts without reading data.", [], async (session, _, cancellationToken) =>
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
            return [.. Sources(session), .. await session.Get<Transformer>().CheckAsync(catalog, session.Get<KpiOptions>().Today(TimeProvider.System), cancellationToken)];
        }
        catch (TransformException exception)
        {
            return [.. Sources(session), .. exception.Problems];
        }
    }

    /// <summary>What is wrong with the descriptions of sources, or with the settings of those that are read.</summary>
    private static List<SqlProblem> Sources(CliSession session)
    {
        try
        {
            var registry = session.Get<SourceRegistry>();
            _ = registry.All();
            return [.. registry.Problems().Select(problem => SqlProblem.In("Sources", problem))];
        }
        catch (FormatException exception)
        {
            return [.. exception.Message.Split('\n').Select(problem => SqlProblem.In("Sources", problem))];
        }
    }
}
