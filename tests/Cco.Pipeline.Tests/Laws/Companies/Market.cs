namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>What all companies of one build have in common: what can be sold, what money is worth, and which loads are missing.</summary>
internal sealed record Market(
    IReadOnlyList<Product> Products, IReadOnlyList<Plan> Plans, IReadOnlyList<ExchangeRate> Rates, IReadOnlyList<MissingLoad> MissingLoads);
