using OpenTelemetry.Logs;

namespace Cco.Pipeline.Tests.Functions;

/// <summary>A line of the log as Application Insights gets it.</summary>
internal sealed record LoggedLine(string Message, IReadOnlyDictionary<string, string> Fields)
{
    public static LoggedLine Of(LogRecord record)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        record.ForEachScope(
            static (scope, all) =>
            {
                foreach (var field in scope)
                {
                    all[field.Key] = $"{field.Value}";
                }
            },
            fields);
        foreach (var field in record.Attributes ?? [])
        {
            fields[field.Key] = $"{field.Value}";
        }

        return new LoggedLine(record.FormattedMessage ?? "", fields);
    }
}
