using System.Collections.Immutable;

namespace Cco.Pipeline.Intake;

/// <summary>Finds out which character parts the cells of a CSV.</summary>
internal static class CsvDelimiter
{
    private const int SampleRows = 50;

    /// <summary>What is tried; earlier ones win ties.</summary>
    private static readonly ImmutableArray<char> Candidates = [',', ';', '\t', '|'];

    /// <summary>The delimiter that parts the header into most columns, weighed by how many of the first rows agree with it; a comma where none does.</summary>
    public static char Sniff(ReadOnlySpan<byte> head, bool isWhole, char quote)
    {
        var (best, bestScore) = (Candidates[0], 0.0);
        foreach (var candidate in Candidates.Where(candidate => candidate != quote))
        {
            var score = Score(head, isWhole, new CsvRow(candidate, quote));
            if (score > bestScore)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    private static double Score(ReadOnlySpan<byte> head, bool isWhole, CsvRow row)
    {
        var (columns, rows, agreeing) = (0, 0, 0);
        while (rows < SampleRows && !head.IsEmpty && row.TryRead(head, isWhole || rows == 0))
        {
            if (row.TextLength > 0)
            {
                columns = rows == 0 ? row.Count : columns;
                rows++;
                agreeing += row.Count == columns ? 1 : 0;
            }

            head = head[row.Length..];
        }

        return columns < 2 ? 0 : columns * Math.Pow((double)agreeing / rows, 2);
    }
}
