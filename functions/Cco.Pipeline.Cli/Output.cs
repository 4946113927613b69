using System.Text.Json;

namespace Cco.Pipeline.Cli;

/// <summary>What the program prints: for people, or as one JSON document for machines. Colour and movement only in a terminal.</summary>
internal sealed class Output(IAnsiConsole console, TextWriter writer, bool isJson)
{
    private const int WidthWithoutTerminal = 2000;

    /// <summary>Machines read this.</summary>
    public bool IsJson => isJson;

    /// <summary>The display may move.</summary>
    public bool IsInteractive => !isJson && console.Profile.Capabilities.Interactive;

    public IAnsiConsole Console => console;

    /// <summary>The output of this process.</summary>
    public static Output OfProcess(bool isJson)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
            console.Profile.Capabilities.Interactive = false;
        }

        return new Output(console, System.Console.Out, isJson);
    }

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

    /// <summary>Prints text as it is.</summary>
    public void Raw(string text) => writer.Write(text);

    /// <summary>A table with a heading for each column; columns whose heading ends with '#' hold numbers.</summary>
    public static Table Table(params ReadOnlySpan<string> headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.TrimEnd('#')));
            table.AddColumn(heading.EndsWith('#') ? column.NoWrap().RightAligned() : column);
        }

        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Row(Table table, params string?[] cells) => table.AddRow(cells.Select(cell => Markup.Escape(cell ?? "")).ToArray());
}
