using CsCheck;

namespace Cco.Pipeline.Tests.Laws.Companies;

/// <summary>Random values, drawn one after the other.</summary>
internal static class Draws
{
    /// <summary>The value that belongs to a number: always the same one.</summary>
    public static T Numbered<T>(this Gen<T> gen, int number) => gen.Generate(new PCG(1, (ulong)number), null, out _);

    /// <summary>One draw for each of the keys.</summary>
    public static Gen<T[]> Each<TKey, T>(IEnumerable<TKey> keys, Func<TKey, Gen<T>> draw) => keys.Aggregate(
        Gen.Const(Array.Empty<T>()), (all, key) => all.SelectMany(drawn => draw(key).Select(next => drawn.Append(next).ToArray())));
}
