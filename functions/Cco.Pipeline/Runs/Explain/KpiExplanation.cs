using System.Data.Common;
using Cco.Pipeline.Publish;

namespace Cco.Pipeline.Runs;

/// <summary>A number, and what it is made of. All its parts add up, or there is no explanation.</summary>
/// <param name="RunId">The run that published it.</param>
/// <param name="AsOf">The first day it does not cover.</param>
/// <param name="Kpi">The KPI.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Formula">How it is computed, in words.</param>
/// <param name="Population">What it is about.</param>
/// <param name="Unit">What a value of 1 means.</param>
/// <param name="Currency">The currency of an amount; null: none.</param>
/// <param name="Period">The period.</param>
/// <param name="Segment">The segment; null: the whole company.</param>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Total">What it is made of.</param>
/// <param name="CustomerCount">The customers that contribute; what comes from none that is known counts as one.</param>
/// <param name="Customers">The largest of them.</param>
/// <param name="Others">The rest together.</param>
/// <param name="Evidence">What the customer's part is made of, where the question is about one.</param>
public sealed record KpiExplanation(
    string RunId,
    DateOnly AsOf,
    string Kpi,
    string Title,
    string Formula,
    string Population,
    string Unit,
    string? Currency,
    KpiPeriod Period,
    string? Segment,
    double? Value,
    KpiPart Total,
    long CustomerCount,
    IReadOnlyList<KpiCustomer> Customers,
    KpiPart Others,
    IReadOnlyList<KpiEvidence>? Evidence);

/// <summary>A period of a KPI.</summary>
/// <param name="Name">What it is called, such as 2026-Q1.</param>
/// <param name="Type">The period type of <c>fct_kpi</c>.</param>
/// <param name="Start">Its first day.</param>
/// <param name="End">The first day after it.</param>
/// <param name="IsComplete">The numbers cover all of it.</param>
public sealed record KpiPeriod(string Name, string Type, DateOnly Start, DateOnly End, bool IsComplete);

/// <summary>A part of a number.</summary>
/// <param name="Numerator">Its part of the numerator.</param>
/// <param name="Denominator">Its part of the denominator; null where the KPI has none.</param>
/// <param name="N">Its part of n.</param>
public sealed record KpiPart(decimal Numerator, decimal? Denominator, long N)
{
    /// <summary>Reads a part from three columns, the first of which is given.</summary>
    internal static KpiPart Read(DbDataReader reader, int column) =>
        new(reader.GetDecimal(column), reader.IsDBNull(column + 1) ? null : reader.GetDecimal(column + 1), reader.GetInt64(column + 2));

    /// <summary>What is left without other parts.</summary>
    internal KpiPart Without(IReadOnlyList<KpiPart> parts) =>
        new(Numerator - parts.Sum(part => part.Numerator), Denominator - parts.Sum(part => part.Denominator), N - parts.Sum(part => part.N));
}

/// <summary>What a customer contributes.</summary>
/// <param name="CustomerKey">The customer; null: none that is known.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Part">Its part of the number.</param>
public sealed record KpiCustomer(string? CustomerKey, string? Name, KpiPart Part);

/// <summary>Something that shows what a customer's part is made of.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">Its rows, each with a value or null for each column.</param>
/// <param name="Sums">The sums of the columns that add up to something, by name; each has been found to be right.</param>
/// <param name="IsOfWholeCustomer">It shows all that the customer has, though the question is about a segment.</param>
public sealed record KpiEvidence(
    string Title,
    IReadOnlyList<QueryColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    IReadOnlyDictionary<string, decimal> Sums,
    bool IsOfWholeCustomer);
