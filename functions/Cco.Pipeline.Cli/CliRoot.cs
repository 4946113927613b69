using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.ComponentModel.DataAnnotations;
using Cco.Pipeline.Cli.Commands;
using Cco.Pipeline.Extract;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Cli;

/// <summary>The program: its commands, the options all of them have, and what becomes of errors.</summary>
internal sealed class CliRoot
{
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON document instead of text.", Recursive = true };
    private readonly Option<string?> lake = new("--lake") { Description = "The lake: a folder, or https://<account>.blob.core.windows.net/<container> (settings Lake:Folder, Lake:Container).", Recursive = true };
    private readonly Option<string> settings = new("--settings")
    {
        Description = "The settings file.",
        Recursive = true,
        DefaultValueFactory = _ => "cco.settings.json",
    };

    /// <summary>Does what the arguments say; without any, shows what can be said.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] arguments)
    {
        var call = Build().Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (call.Action is ParseErrorAction)
        {
            return Output.OfProcess(call.GetValue(json)).Fail(Misunderstood(call), ExitCode.Usage);
        }

        using var end = new CtrlC();
        return await end.EndAsync(cancellationToken => call.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, cancellationToken))
            ?? Output.OfProcess(call.GetValue(json)).Fail("Ended with Ctrl-C, in the middle of something. What was finished is kept; run again to go on.", ExitCode.Canceled);
    }

    private RootCommand Build()
    {
        var root = new RootCommand(
            """
            Customer numbers from vendors and dropped files: reads them, builds the KPI tables, publishes them.
            Exit codes: 0 done, 1 something is wrong, 2 usage or settings, 3 another run is at work, 70 fault, 130 ended with Ctrl-C.
            """)
        {
            json, lake, settings,
        };
        foreach (var command in CommandList.All(this))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>A command whose work is <paramref name="work"/>; its errors become exit codes.</summary>
    public Command Command(string name, string description, IEnumerable<Symbol> symbols, Func<CliSession, ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
        }

        command.SetAction((result, cancellationToken) => GuardAsync(result, work, cancellationToken));
        return command;
    }

    /// <summary>What cannot be understood, and where to read what can.</summary>
    private static string Misunderstood(ParseResult call)
    {
        var command = string.Join(' ', call.Tokens.Where(token => token.Type == TokenType.Command).Select(token => token.Value).Prepend("cco"));
        var problems = call.UnmatchedTokens.Count > 0
            ? call.UnmatchedTokens.Select(token => $"'{token}' means nothing here.")
            : call.Errors.Select(error => error.Message);
        return $"{string.Join('\n', problems)}\n`{command} --help` shows what can be said.";
    }

    private async Task<int> GuardAsync(
        ParseResult result, Func<CliSession, ParseResult, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        var output = Output.OfProcess(result.GetValue(json));
        try
        {
            var isRequired = result.GetResult(settings) is { Implicit: false };
            using var session = CliSession.Open(output, result.GetValue(settings)!, isRequired, result.GetValue(lake));
            return await work(session, result, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return output.Fail("Ended with Ctrl-C. What was finished is kept; run again to go on.", ExitCode.Canceled);
        }
        catch (LakeLeasedException exception)
        {
            return output.Fail(exception.Message, ExitCode.Busy);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidDataException)
        {
            return output.Fail($"The settings are wrong: {exception.Message}", ExitCode.Usage);
        }
        catch (Exception exception) when (exception is UsageException or ValidationException or FormatException || exception.GetType() == typeof(ArgumentException))
        {
            return output.Fail(exception.Message.Split(" (Parameter '")[0], ExitCode.Usage);
        }
        catch (Exception exception) when (exception is TransformException or ExtractException or BackfillStateException or IOException or UnauthorizedAccessException)
        {
            return output.Fail(exception.Message, ExitCode.Wrong);
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
            return output.Fail($"A fault in the program: {exception.Message}", ExitCode.Fault);
        }
    }
}
