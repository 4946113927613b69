namespace Cco.Pipeline.Sample;

/// <summary>
/// How content a customer is, month by month, from about -1 to 1. Nobody sees it; answers, tickets, usage and leaving all follow
/// from it, so that they agree with each other as they do in life.
/// </summary>
internal sealed class Mood
{
    private readonly double[] months;

    public Mood(Prng prng, int count, double lift)
    {
        months = new double[count];
        var usual = Math.Clamp(0.2 + (0.4 * prng.Bell()) + lift, -1, 1);
        var mood = usual;
        for (var month = 0; month < count; month++)
        {
            mood += (0.08 * prng.Bell()) + (0.1 * (usual - mood)) - (prng.Chance(0.03) ? 0.5 : 0);
            months[month] = mood = Math.Clamp(mood, -1, 1);
        }
    }

    public double this[int month] => months[Math.Clamp(month, 0, months.Length - 1)];

    /// <summary>How much likelier than the average customer this one is to leave.</summary>
    public double Restlessness(int month) => this[month] switch
    {
        < 0 and var mood => 1.2 - (4 * mood),
        var mood => 1.2 / (1 + (3 * mood)),
    };
}
