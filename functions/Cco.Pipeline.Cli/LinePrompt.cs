namespace Cco.Pipeline.Cli;

/// <summary>Reads lines at a prompt: arrows move in the line and through the lines before it. Reads plain lines where there is no terminal.</summary>
internal sealed class LinePrompt
{
    private readonly List<string> history = [];
    private string line = "";
    private int cursor;
    private int chosen;

    /// <summary>The next line; null at the end of the input.</summary>
    public string? Read(string prompt)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return Console.ReadLine();
        }

        (line, cursor, chosen) = ("", 0, history.Count);
        while (true)
        {
            Show(prompt);
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                return Entered();
            }

            if (key.Key == ConsoleKey.D && key.Modifiers == ConsoleModifiers.Control && line.Length == 0)
            {
                Console.WriteLine();
                return null;
            }

            Apply(key);
        }
    }

    private string Entered()
    {
        Console.WriteLine();
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

    private void Show(string prompt)
    {
        Console.Write($"\r\u001b[K{prompt}{line}");
        if (cursor < line.Length)
        {
            Console.Write($"\u001b[{line.Length - cursor}D");
        }
    }
}
