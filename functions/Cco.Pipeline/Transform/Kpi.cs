namespace Cco.Pipeline.Transform;

/// <summary>One KPI of <c>kpis.yaml</c>: the words around a number that the SQL computes.</summary>
public sealed class Kpi
{
    /// <summary>Its name in the marts, such as <c>net_revenue_retention</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its name for people, such as "Net revenue retention".</summary>
    public string Title { get; init; } = "";

    /// <summary>How it is computed, in words.</summary>
    public string Formula { get; init; } = "";

    /// <summary>Which customers or records it is about.</summary>
    public string Population { get; init; } = "";

    /// <summary>The mart it comes from.</summary>
    public string Model { get; init; } = "";

    /// <summary>The columns of that mart it is made of.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What a value of 1 means: <c>ratio</c> (0 to 1), <c>points</c>, <c>money</c>, <c>count</c>, <c>days</c> or <c>score</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Which way is good: <c>up</c> or <c>down</c>.</summary>
    public string Direction { get; init; } = "";

    /// <summary>When the value is null.</summary>
    public string NullRule { get; init; } = "";

    /// <summary>The value to reach; null where none is set. A ratio is between 0 and 1.</summary>
    public decimal? Target { get; init; }

    /// <summary>
    /// The period type the target is for, such as <c>trailing_12_months</c>: a year's target says nothing of one month. Null: any.
    /// </summary>
    public string? TargetPeriod { get; init; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The version of the definition; raised whenever the meaning changes.</summary>
    public int Version { get; init; }
}
