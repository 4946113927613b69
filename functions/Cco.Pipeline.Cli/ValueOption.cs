using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Cco.Pipeline.Cli;

/// <summary>Options with values that are not just text; what is no such value is refused with an example of one.</summary>
internal static class ValueOption
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>An option whose value is a day.</summary>
    public static Option<DateOnly?> Day(string name, string description) => Of<DateOnly>(
        name, DayForm, description, value: null, "a day such as 2026-03-31", text => DateOnly.TryParseExact(text, DayForm, out var day) ? day : null);

    /// <summary>An option whose value is a whole number.</summary>
    public static Option<T?> Number<T>(string name, string description, T? value = null)
        where T : struct, IBinaryInteger<T> => Of(
        name, "n", description, value, "a whole number such as 12", text => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static Option<T?> Of<T>(string name, string form, string description, T? value, string example, Func<string, T?> parse)
        where T : struct
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = form,
            CustomParser = argument => Parsed(argument, example, parse),
        };
        if (value is not null)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    private static T? Parsed<T>(ArgumentResult argument, string example, Func<string, T?> parse)
        where T : struct
    {
        var text = argument.Tokens[0].Value;
        var value = parse(text);
        if (value is null)
        {
            argument.AddError($"'{text}' is not {example}.");
        }

        return value;
    }
}
