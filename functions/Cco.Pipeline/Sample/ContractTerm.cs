namespace Cco.Pipeline.Sample;

/// <summary>What will become of a term at its end.</summary>
internal enum Fate
{
    Early,
    OnTime,

    /// <summary>Renewed after the end, while the service went on.</summary>
    Late,

    /// <summary>Renewed after the end and after the service had stopped.</summary>
    Lapsed,
    Lost,
    Replaced,
}

/// <summary>One term of a contract.</summary>
internal sealed class ContractTerm(string id, Subscription subscription, DateOnly start, DateOnly end, int endMonth, string? previousId)
{
    public string Id { get; } = id;

    public Subscription Subscription { get; } = subscription;

    public DateOnly Start { get; } = start;

    public DateOnly End { get; } = end;

    /// <summary>Month of the customer's life that begins on the day of the end.</summary>
    public int EndMonth { get; } = endMonth;

    public string? PreviousId { get; } = previousId;

    public required int Months { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Tried out before the first term, for nothing.</summary>
    public bool IsPilot { get; set; }

    public decimal Amount { get; set; }

    public decimal? Expiring { get; set; }

    public decimal? Renewed { get; set; }

    public Fate Fate { get; set; }

    /// <summary>When the fate was, or will be, settled.</summary>
    public DateTimeOffset ClosedAt { get; set; }

    public string? LossReason { get; set; }

    public string? ReplacedBy { get; set; }

    /// <summary>Rise of prices at renewal, and change of seats.</summary>
    public decimal Uplift { get; init; }

    public decimal SeatFactor { get; init; }
}
