using System.CommandLine;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco init</c>: a settings file with every setting, commented.</summary>
internal static class InitCommand
{
    private const string FileName = "cco.settings.json";

    /// <summary>The settings with their defaults and comments.</summary>
    public static string Settings()
    {
        using var stream = typeof(InitCommand).Assembly.GetManifestResourceStream($"Cco.Pipeline.Cli.{FileName}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static Command Build(CliRoot root) =>
        root.Command("init", $"Write {FileName} with every setting, its default and what it does.", [], async (session, _, cancellationToken) =>
        {
            if (File.Exists(FileName))
            {
                throw new IOException($"{FileName} is here already; nothing was written.");
            }

            await File.WriteAllTextAsync(FileName, Settings(), cancellationToken);
            session.Output.Write(new { written = Path.GetFullPath(FileName) }, console => console.WriteLine($"Written: {Path.GetFullPath(FileName)}"));
            return ExitCode.Done;
        });
}
