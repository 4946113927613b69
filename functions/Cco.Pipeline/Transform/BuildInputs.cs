namespace Cco.Pipeline.Transform;

/// <summary>Everything that a build is made of: the same inputs give the same results.</summary>
/// <param name="Catalog">The models.</param>
/// <param name="Raw">What had landed.</param>
/// <param name="Variables">The settings the SQL reads.</param>
internal sealed record BuildInputs(Catalog Catalog, RawFiles Raw, IReadOnlyDictionary<string, string> Variables);
