using System.Text.Json;

namespace Cco.Pipeline.Cli;

/// <summary>
/// What the program prints: for people, or as one JSON document for machines. What went wrong goes to people on the error output, and to
/// machines in their document. Colour and movement only in a terminal.
/// </summary>
internal sealed class Output(IAnsiConsole console, IAnsiConsole errors, TextWriter writer, bool isJson)
{
    private const int WidthWithoutTerminal = 2000;

    /// <summary>Machines read this.</summary>
    public bool IsJson => isJson;

    /// <summary>The display may move.</summary>
    public bool IsInteractive => !isJson && console.Profile.Capabilities.Interactive;

    public IAnsiConsole Console => console;

    /// <summary>The output of this process.</summary>
    public static Output OfProcess(bool isJson) => new(
        ConsoleOf(System.Console.Out, System.Console.IsOutputRedirected),
        ConsoleOf(System.Console.Error, System.Console.IsErrorRedirected),
        System.Console.Out,
        isJson);

    /// <summary>Prints a result: the value for machines, what <paramref name="render"/> writes for people.</summary>
    public void Write<T>(T value, Action<IAnsiConsole> render)
    {
        if (isJson)
        {
            writer.WriteLine(JsonSerializer.Serialize(value, PipelineJson.Readable));
        }
        else
        {
            render(console);
        }
    }

    /// <summary>Says what is wrong, and gives back the exit code that says so, too.</summary>
    public int Fail(string message, int code)
    {
        Write(new { error = message, exit_code = code }, _ => errors.MarkupLineInterpolated($"[red]{message}[/]"));
        return code;
    }

    /// <summary>Prints text as it is.</summary>
    public void Raw(string text) => writer.Write(text);

    /// <summary>
    /// A table with a heading for each column. A column whose heading ends with '#' holds numbers, and one whose heading ends with '…' long
    /// text: it alone gets narrower where the terminal is.
    /// </summary>
    public static Table Table(params ReadOnlySpan<string> headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.TrimEnd('#', '…'))).PadLeft(0).PadRight(1);
            table.AddColumn(heading.EndsWith('…') ? column : heading.EndsWith('#') ? column.NoWrap().RightAligned() : column.NoWrap());
        }

        return table;
    }

    /// <summary>A number and what it counts.</summary>
    public static string Count(long number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>Adds a row of plain text.</summary>
    public static void Row(Table table, params string?[] cells) => table.AddRow(cells.Select(cell => Markup.Escape(cell ?? "")).ToArray());

    /// <summary>A file or pipe gets plain text in lines of any length, whatever the environment says about terminals or colours.</summary>
    private static IAnsiConsole ConsoleOf(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
