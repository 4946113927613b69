namespace Cco.Pipeline.Sample;

/// <summary>What all customers of the sample company have in common.</summary>
internal sealed class Company
{
    public Company(SampleOptions options, SampleFiles files, Dirt dirt)
    {
        (Options, Files, Dirt) = (options, files, dirt);
        Calendar = new Calendar(options);
        Staff = new Staff(this);
    }

    public SampleOptions Options { get; }

    public Calendar Calendar { get; }

    public Catalogue Catalogue { get; } = new();

    public Staff Staff { get; }

    public SampleFiles Files { get; }

    public Dirt Dirt { get; }

    /// <summary>The numbers of one part of one customer's life.</summary>
    public Prng Numbers(string part, int index) => new(Options.Seed, part, index);
}
