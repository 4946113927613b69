using System.CommandLine;
using Cco.Pipeline.Api;
using Cco.Pipeline.Cli.Serve;
using Cco.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco serve</c>: on one machine what the Functions app does in Azure.</summary>
internal static class ServeCommand
{
    public static Command Build(CliRoot root)
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where the HTTP API listens; from other machines only with a key, and best behind a proxy that speaks TLS.",
            HelpName = "address",
            DefaultValueFactory = _ => "http://127.0.0.1:8710",
        };
        var keyFile = new Option<string?>("--key-file") { Description = "A file that holds the key which requests must have in the header x-functions-key.", HelpName = "file" };
        return root.Command(
            "serve",
            "Do the work of each schedule (settings Schedules) and of backfills, and answer over HTTP at /api, until it is ended.",
            [listen, keyFile],
            async (session, result, cancellationToken) =>
            {
                using var console = Log(session);
                await using var server = await LocalServer.StartAsync(session.Get<CcoApi>(), result.GetValue(listen)!, Key(result.GetValue(keyFile)), cancellationToken);
                session.Output.Write(new { address = $"{server.Address}api" }, shown => shown.WriteLine($"listening on {server.Address}api"));
                try
                {
                    await session.Get<LocalSchedules>().RunAsync(cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // That is how it ends.
                }

                return ExitCode.Done;
            });
    }

    private static string? Key(string? file)
    {
        var key = file is null ? null : File.ReadAllText(file).Trim();
        return key is "" ? throw new UsageException($"'{file}' is empty: write a key into it.") : key;
    }

    /// <summary>From now on what happens is on the error output, in lines or, for machines, in JSON.</summary>
    private static ServiceProvider Log(CliSession session)
    {
        var console = new ServiceCollection().AddLogging(logging =>
        {
            _ = session.Output.IsJson
                ? logging.AddJsonConsole(lines => (lines.UseUtcTimestamp, lines.TimestampFormat, lines.IncludeScopes) = (true, "yyyy-MM-dd'T'HH:mm:ss'Z'", true))
                : logging.AddSimpleConsole(lines => (lines.UseUtcTimestamp, lines.TimestampFormat, lines.SingleLine, lines.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss'Z' ", true, LoggerColorBehavior.Disabled));
            logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }).BuildServiceProvider();
        foreach (var provider in console.GetServices<ILoggerProvider>())
        {
            session.Get<ILoggerFactory>().AddProvider(provider);
        }

        return console;
    }
}
