using System.Globalization;

namespace Cco.Pipeline.Runs;

/// <summary>What is to be read again, as someone asks for it.</summary>
public sealed record BackfillRequest
{
    private const string Month = "yyyy-MM";
    private const string Day = "yyyy-MM-dd";

    /// <param name="source">The source.</param>
    /// <param name="streams">The streams; none: all that are configured.</param>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="until">The first day after the last, in UTC.</param>
    /// <exception cref="FormatException">There is no day between them.</exception>
    public BackfillRequest(string source, IReadOnlyList<string> streams, DateOnly from, DateOnly until)
    {
        if (from >= until)
        {
            throw new FormatException($"The last day to read, {until.AddDays(-1):yyyy-MM-dd}, is before the first, {from:yyyy-MM-dd}.");
        }

        (Source, Streams, From, Until) = (source, streams, from, until);
    }

    /// <summary>The source.</summary>
    public string Source { get; }

    /// <summary>The streams; none: all that are configured.</summary>
    public IReadOnlyList<string> Streams { get; }

    /// <summary>The first day, in UTC.</summary>
    public DateOnly From { get; }

    /// <summary>The first day after the last, in UTC.</summary>
    public DateOnly Until { get; }

    /// <summary>Records of the span that the vendor has no more count as deleted.</summary>
    public bool Replaces { get; init; }

    /// <summary>Nothing becomes part of the lake: it is read and built aside, and what would change is told.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The request for a span that is named by its first and its last month or day, both of which belong to it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="streams">The streams; none: all that are configured.</param>
    /// <param name="from">A month such as <c>2024-01</c> or a day such as <c>2024-01-15</c>.</param>
    /// <param name="to">Likewise.</param>
    /// <exception cref="FormatException">One of them is neither, or there is no day between them.</exception>
    public static BackfillRequest Of(string source, IReadOnlyList<string> streams, string from, string to) =>
        new(source, streams, Parse(from).First, Parse(to).After);

    private static (DateOnly First, DateOnly After) Parse(string text) =>
        DateOnly.TryParseExact(text, Month, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year < DateOnly.MaxValue.Year ? (month, month.AddMonths(1))
        : DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year < DateOnly.MaxValue.Year ? (day, day.AddDays(1))
        : throw new FormatException($"'{text}' is neither a month such as 2024-01 nor a day such as 2024-01-15.");
}
