using System.Numerics;

namespace Cco.Pipeline.Sample;

/// <summary>
/// Pseudo-random numbers that stay the same for ever: xoshiro256**, seeded by SplitMix64. Only exact operations of
/// IEEE 754 are used, since logarithms and powers differ between platforms.
/// </summary>
internal sealed class Prng
{
    private ulong first;
    private ulong second;
    private ulong third;
    private ulong fourth;

    /// <param name="seed">The company's seed.</param>
    /// <param name="part">What the numbers are for: parts do not disturb each other.</param>
    /// <param name="index">Whom they are for: customers do not disturb each other.</param>
    public Prng(long seed, string part, long index)
    {
        var state = (ulong)seed;
        foreach (var letter in part)
        {
            state = SplitMix(ref state) ^ letter;
        }

        state = SplitMix(ref state) ^ (ulong)index;
        (first, second, third, fourth) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>From 0 up to, but without, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>From 0 up to, but without, the bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Bell-shaped, mean 0, standard deviation 1, never beyond 3.5.</summary>
    public double Bell() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508075688772;

    /// <summary>A count with this mean, at most 8.</summary>
    public int Count(double mean)
    {
        var probability = Math.Min(mean, 8) / 8;
        var count = 0;
        for (var trial = 0; trial < 8; trial++)
        {
            count += Chance(probability) ? 1 : 0;
        }

        return count;
    }

    /// <summary>A duration with a long tail: half below the median, a tenth above three times of it, none above 45 times.</summary>
    public double Tail(double median)
    {
        var unit = Math.Min(Unit(), 0.9995);
        return median * Math.Sqrt(unit / (1 - unit));
    }

    public T Pick<T>(T[] items) => items[Below(items.Length)];

    /// <summary>The place of one of the weights, by weight.</summary>
    public int Weighted(params ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var point = Unit() * total;
        for (var place = 0; place < weights.Length - 1; place++)
        {
            point -= weights[place];
            if (point < 0)
            {
                return place;
            }
        }

        return weights.Length - 1;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(second * 5, 7) * 9;
        var shifted = second << 17;
        third ^= first;
        fourth ^= second;
        second ^= third;
        first ^= fourth;
        third ^= shifted;
        fourth = BitOperations.RotateLeft(fourth, 45);
        return result;
    }
}
