namespace Cco.Pipeline.Tests.Laws.Oracle;

/// <summary>MRR of a customer at a month's end, in one of the currencies it is billed in.</summary>
internal sealed record MonthlyRevenue(string Customer, int Month, string Currency, decimal Mrr, decimal CommittedMrr, decimal MrrNative);

/// <summary>A subscription item or invoice line at the last instant that was seen.</summary>
internal sealed record Listed(string Item, string? Reason, decimal MrrNative);

internal sealed record Movement(string Customer, int Month, string Currency, string Type, decimal Amount);

/// <summary>A customer that had MRR when a period began.</summary>
internal sealed record Retained(
    string Customer, string PeriodType, int Start, int End, string Segment, string Region, int? Cohort, decimal Opening, decimal Closing);
