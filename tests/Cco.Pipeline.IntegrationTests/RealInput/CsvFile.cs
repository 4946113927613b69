using System.Globalization;
using System.Text;

namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>Reads a CSV file (RFC 4180) with none of the pipeline's code, to have figures of its own to compare with.</summary>
internal static class CsvFile
{
    /// <summary>The records, each as column and text.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var records = Records(File.ReadAllText(path, Encoding.UTF8)).ToList();
        return [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    /// <summary>The sum of a column in cents and below: exact.</summary>
    public static decimal Sum(this IEnumerable<IReadOnlyDictionary<string, string>> records, string column) =>
        records.Sum(record => decimal.Parse(record[column], CultureInfo.InvariantCulture));

    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (isQuoted && character == '"' && index + 1 < text.Length && text[index + 1] == '"')
            {
                cell.Append(text[index++]);
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || character is not (',' or '\n' or '\r'))
            {
                cell.Append(character);
            }
            else if (character != '\r')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
        }

        if (cell.Length > 0 || record.Count > 0)
        {
            record.Add(cell.ToString());
            yield return record;
        }
    }
}
