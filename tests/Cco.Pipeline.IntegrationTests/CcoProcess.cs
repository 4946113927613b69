using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cco.Pipeline.IntegrationTests;

/// <summary>A running <c>cco</c>, the program as it is delivered, with its output as a file or pipe would get it.</summary>
internal sealed class CcoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What makes some programs print colours where nobody can see them.</summary>
    private static readonly (string Name, string Value)[] Colourful =
        [("TERM", "xterm"), ("COLORTERM", "truecolor"), ("CLICOLOR_FORCE", "1"), ("CI", "true"), ("GITHUB_ACTIONS", "true")];

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task<string> errors;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="temporary">Its folder for temporary files.</param>
    /// <param name="input">What it reads from its input.</param>
    /// <param name="environment">Further variables of its environment.</param>
    public CcoProcess(IReadOnlyList<string> command, string folder, string temporary, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TMPDIR"] = temporary;
        foreach (var (name, value) in Colourful.Concat(environment?.Select(variable => (variable.Key, variable.Value)) ?? []))
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>
    /// The published program that the variable CCO_PROGRAM names, as <c>./cco test</c> does; without it the one that was built as these tests were,
    /// which starts slower. It is taken from its own project's folder: beside the tests it lacks what the web server that they use brings along.
    /// </summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("CCO_PROGRAM") ?? Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../..", "functions/Cco.Pipeline.Cli", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../../.."), AppContext.BaseDirectory), OperatingSystem.IsWindows() ? "cco.exe" : "cco"));

    public int Id => process.Id;

    /// <summary>Waits until it has printed a line that begins so.</summary>
    public async Task<string> SaidAsync(string beginning)
    {
        using var patience = Limit();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            output.AppendLine(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without saying '{beginning}': {output}{await errors}");
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <param name="longest">How long that may take, where it is much work; null: as long as anything else.</param>
    public async Task<CcoResult> EndAsync(TimeSpan? longest = null)
    {
        using var patience = Limit(longest);
        output.Append(await process.StandardOutput.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        var result = new CcoResult(process.ExitCode, output.ToString(), await errors);
        Assert.DoesNotContain('\u001b', result.Everything);
        return result;
    }

    /// <summary>Ends it without warning at a moment, unless it has ended by itself before.</summary>
    /// <returns>Whether it had to be ended.</returns>
    public async Task<bool> KillAsync(Task moment)
    {
        using var patience = Limit();
        var end = process.WaitForExitAsync(patience.Token);
        var isRunning = await Task.WhenAny(moment, end) == moment;
        if (isRunning)
        {
            process.Kill();
        }

        await end;
        return isRunning;
    }

    /// <summary>Does what Ctrl-C does.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Does what whoever runs a service does to have it stop.</summary>
    public Task StopAsync() => SignalAsync("TERM");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static CancellationTokenSource Limit(TimeSpan? longest = null)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(longest ?? Patience);
        return limit;
    }
}
