using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Instants within the life of a company and a little beyond, with a liking for the edges of months, leap days and changes of the clock.</summary>
internal sealed class Instants(DateOnly asOf, int months)
{
    /// <summary>Weeks after <c>as_of</c> in which something may still be planned.</summary>
    private const int Ahead = 70;

    private static readonly DateOnly[] OddDays =
    [
        new(2024, 2, 29), new(2024, 3, 10), new(2024, 3, 31), new(2024, 10, 27), new(2024, 11, 3), new(2025, 2, 28), new(2025, 3, 9), new(2025, 3, 30),
        new(2025, 10, 26), new(2025, 11, 2),
    ];

    /// <summary>Of a day: mostly its start, else a time near midnight or a change of the clock somewhere.</summary>
    private static readonly Gen<TimeSpan> Times = Gen.Frequency(
        (5, Gen.Const(TimeSpan.Zero)),
        (2, Gen.OneOf(new TimeSpan(12, 0, 0), new TimeSpan(16, 20, 0))),
        (1, Gen.OneOf(new TimeSpan(0, 30, 0), new TimeSpan(1, 30, 0), new TimeSpan(5, 0, 0), new TimeSpan(6, 30, 0))),
        (1, Gen.OneOf(new TimeSpan(22, 0, 0), new TimeSpan(23, 0, 0), new TimeSpan(23, 30, 0), new TimeSpan(0, 23, 59, 59, 999, 999))));

    private readonly DateOnly first = asOf.AddMonths(-months);

    /// <summary>Days from the company's first on.</summary>
    public Gen<DateOnly> Days => Gen.Frequency(
        (6, Gen.Int[0, asOf.DayNumber - first.DayNumber].Select(first.AddDays)),
        (2, Gen.Int[0, months].Select(month => first.AddMonths(month))),
        (1, Gen.Int[1, months].Select(month => first.AddMonths(month).AddDays(-1))),
        (1, Gen.OneOf(OddDays)),
        (1, Gen.Int[0, Ahead].Select(asOf.AddDays)));

    public Gen<DateTime> Any =>
        from day in Days
        from time in Times
        select day.ToDateTime(TimeOnly.MinValue) + time;
}
