namespace Cco.Pipeline.Cli;

/// <summary>
/// Reads statements at a prompt: arrows move in the line and through the lines before it, Ctrl-C gives the statement up, Ctrl-D leaves.
/// Reads them as they come where there is no terminal.
/// </summary>
internal sealed class LinePrompt(string first, string next)
{
    private const string Abandoned = "\u0003";
    private const string Clear = "\r\u001b[K";

    private readonly List<string> history = [];
    private string prompt = "";
    private string line = "";
    private int cursor;
    private int chosen;

    /// <summary>Somebody types.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The next statement, which ends with ';' or with the input; null where there is none.</summary>
    /// <param name="isCommand">A first line that is whole without ';'.</param>
    public string? Read(Func<string, bool> isCommand)
    {
        var statement = "";
        while (!statement.TrimEnd().EndsWith(';') && !isCommand(statement))
        {
            switch (ReadLine(statement.Length == 0 ? first : next))
            {
                case null:
                    return statement.Trim().Length == 0 ? null : statement;
                case Abandoned:
                    statement = "";
                    break;
                case var read:
                    statement = statement.Length == 0 ? read : $"{statement}\n{read}";
                    break;
            }
        }

        return statement;
    }

    /// <summary>The next line; null at the end of the input.</summary>
    private string? ReadLine(string beginning)
    {
        if (!IsInteractive)
        {
            return Console.ReadLine();
        }

        Console.TreatControlCAsInput = true;
        try
        {
            (prompt, line, cursor, chosen) = (beginning, "", 0, history.Count);
            return TypedLine();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private string? TypedLine()
    {
        while (true)
        {
            Show();
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return Entered();
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    Console.WriteLine("^C");
                    return Abandoned;
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when line.Length == 0:
                    Console.WriteLine();
                    return null;
                default:
                    Apply(key);
                    break;
            }
        }
    }

    private string Entered()
    {
        Console.WriteLine($"{Clear}{prompt}{line}");
        if (line.Length > 0 && (history.Count == 0 || history[^1] != line))
        {
            history.Add(line);
        }

        return line;
    }

    private void Apply(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.UpArrow:
                Choose(chosen - 1);
                break;
            case ConsoleKey.DownArrow:
                Choose(chosen + 1);
                break;
            case ConsoleKey.LeftArrow:
                cursor = Math.Max(cursor - 1, 0);
                break;
            case ConsoleKey.RightArrow:
                cursor = Math.Min(cursor + 1, line.Length);
                break;
            case ConsoleKey.Home:
                cursor = 0;
                break;
            case ConsoleKey.End:
                cursor = line.Length;
                break;
            case ConsoleKey.Backspace when cursor > 0:
                line = line.Remove(--cursor, 1);
                break;
            case ConsoleKey.Delete when cursor < line.Length:
                line = line.Remove(cursor, 1);
                break;
            default:
                Type(key.KeyChar);
                break;
        }
    }

    private void Type(char character)
    {
        if (!char.IsControl(character))
        {
            line = line.Insert(cursor++, character.ToString());
        }
    }

    private void Choose(int index)
    {
        if (index >= 0 && index <= history.Count)
        {
            chosen = index;
            line = index == history.Count ? "" : history[index];
            cursor = line.Length;
        }
    }

    /// <summary>Draws the line; of one that is wider than the terminal, the part before the cursor.</summary>
    private void Show()
    {
        var room = Math.Max(Console.WindowWidth - prompt.Length - 1, 1);
        var start = Math.Max(cursor - room, 0);
        var seen = line.Substring(start, Math.Min(room, line.Length - start));
        var behind = seen.Length - (cursor - start);
        Console.Write($"{Clear}{prompt}{seen}{(behind > 0 ? $"\u001b[{behind}D" : "")}");
    }
}
