using System.Runtime.InteropServices;

namespace Cco.Pipeline.Statistics;

/// <summary>What is known of a customer's purchases, seen from its first one on. Time is in weeks, days as fractions.</summary>
/// <param name="RepeatCount">Purchases after the first, at most one a day; 0 or more.</param>
/// <param name="RecencyWeeks">From the first purchase to the last; 0 where there is no other.</param>
/// <param name="AgeWeeks">From the first purchase to the end of what is known; at least <paramref name="RecencyWeeks"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PurchaseHistory(long RepeatCount, double RecencyWeeks, double AgeWeeks);
