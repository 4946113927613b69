namespace Cco.Pipeline.Sample;

/// <summary>What somebody wrote. Judged for a part of the comments only.</summary>
internal sealed record Comment(string Text, string? Themes, string? Label, decimal? Sentiment);

internal static class Comments
{
    private static readonly (string Text, string Themes)[] Good =
    [
        ("Works every day and the team answers fast.", "reliability;support"), ("Setup was easy, \"a breeze\" as my colleague says.", "onboarding"),
        ("Saves us hours each week.", "value"), ("=) all good", "value"), ("Great people.\nKeep going!", "support"), ("Fair price, good product.", "price;value"),
    ];

    private static readonly (string Text, string Themes)[] Middling =
    [
        ("It does the job.", "value"), ("Reports are fine, the app is slow at times.", "performance"), ("Okay, but documentation could be better", "documentation"),
    ];

    private static readonly (string Text, string Themes)[] Bad =
    [
        ("Three answers, three different solutions; still broken.", "support;quality"), ("Too expensive for what it does.", "price"),
        ("Waited two days,\nthen had to explain it all again.", "support;waiting"), ("Data was wrong again.", "quality"), ("The checkout queue in the store is a joke.", "waiting;store"),
    ];

    /// <summary>A third of those who answer write something.</summary>
    public static Comment? Draw(Prng prng, double attitude)
    {
        if (!prng.Chance(0.35))
        {
            return null;
        }

        var (texts, label, level) = attitude switch { > 0.25 => (Good, "positive", 0.7), < -0.15 => (Bad, "negative", -0.7), _ => (Middling, "neutral", 0.0) };
        var (text, themes) = prng.Pick(texts);
        return prng.Chance(0.6)
            ? new Comment(text, themes, label, Money.Rate(Math.Clamp(level + (0.1 * prng.Bell()), -1, 1)))
            : new Comment(text, null, null, null);
    }
}
