namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>What all companies of one build have in common: what can be sold, and what money is worth.</summary>
internal sealed record Market(IReadOnlyList<Product> Products, IReadOnlyList<Plan> Plans, IReadOnlyList<ExchangeRate> Rates);
