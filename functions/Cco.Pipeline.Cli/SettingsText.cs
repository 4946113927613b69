using System.Globalization;
using System.Text;
using System.Text.Json;
using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Cli;

/// <summary>Adds to a settings file, whose comments and form stay as they are.</summary>
internal static class SettingsText
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonReaderOptions LenientReader = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The name of the environment variable for an input of a source, such as <c>Secrets:api_key</c>.</summary>
    public static string Variable(string source, string input) => $"CCO_Sources__{source}__{input.Replace(":", "__", StringComparison.Ordinal)}";

    /// <summary>The text with a source among its sources.</summary>
    /// <exception cref="UsageException">The text is no settings file.</exception>
    public static string With(string text, SourceInfo source, DateOnly start)
    {
        var (place, isSection, hasMembers) = Place(text);
        var indent = isSection ? "    " : "  ";
        var required = source.Settings.Where(setting => setting.Default is null).ToList();
        var lines = new StringBuilder();
        if (!isSection)
        {
            lines.Append("\n  \"Sources\": {");
        }

        lines.Append(CultureInfo.InvariantCulture, $"\n    \"{source.Name}\": {{\n      \"Start\": \"{start:yyyy-MM-dd}\"");
        if (required.Count > 0)
        {
            lines.Append(",\n      \"Settings\": {");
            lines.AppendJoin(',', required.Select(setting => $"\n        // {setting.Description}\n        \"{setting.Name["Settings:".Length..]}\": \"\""));
            lines.Append("\n      }");
        }

        lines.Append("\n    }").Append(isSection ? "" : "\n  }").Append(hasMembers ? "," : $"\n{indent[..^2]}");
        var result = text[..place] + lines + (hasMembers ? text[place..] : text[place..].TrimStart());
        using var check = JsonDocument.Parse(result, Lenient);
        return result;
    }

    /// <summary>Where the new member goes: right after the brace that opens the section of sources, or the file where there is none.</summary>
    private static (int Place, bool IsSection, bool HasMembers) Place(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, LenientReader);
        try
        {
            reader.Read();
            var (file, first) = ((int)reader.BytesConsumed, true);
            var fileHasMembers = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                (fileHasMembers, first) = (true, false);
                var isSources = string.Equals(reader.GetString(), "Sources", StringComparison.OrdinalIgnoreCase);
                reader.Read();
                if (isSources && reader.TokenType == JsonTokenType.StartObject)
                {
                    var section = (int)reader.BytesConsumed;
                    reader.Read();
                    return (Encoding.UTF8.GetCharCount(bytes, 0, section), true, reader.TokenType == JsonTokenType.PropertyName);
                }

                reader.Skip();
            }

            return (Encoding.UTF8.GetCharCount(bytes, 0, file), false, fileHasMembers && !first);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"The settings file is no JSON: {exception.Message}");
        }
    }
}
