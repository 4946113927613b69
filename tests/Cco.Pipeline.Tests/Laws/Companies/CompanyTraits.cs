namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>What may happen to the companies of a build.</summary>
internal enum CompanyTraits
{
    /// <summary>Everything.</summary>
    Any,

    /// <summary>Customers come, rest, fall behind, go and come back, at one price, for one quantity and without discounts.</summary>
    ConstantPrices,
}
