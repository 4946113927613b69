namespace Cco.Pipeline.Sample;

/// <summary>
/// Plants errors in rows on their way to the file. A broken row is always one more, with an id of its own, beside the sound
/// one: a reader that handles dirt well gets the numbers of the clean company, but for what was deleted and for unknown customers.
/// </summary>
internal sealed class Dirt(SampleOptions options)
{
    private readonly Dictionary<(string Entity, DirtKind Kind), long> planted = [];
    private Prng? prng;

    public IReadOnlyDictionary<(string Entity, DirtKind Kind), long> Planted => planted;

    /// <summary>From here on rows belong to this customer. Rows of the company itself stay clean.</summary>
    public void Begin(int customer) => prng = options.HasDirt ? new Prng(options.Seed, "dirt", customer) : null;

    /// <summary>A row that the simulation itself made to be of a kind.</summary>
    public void Note(string entity, DirtKind kind) => planted[(entity, kind)] = planted.GetValueOrDefault((entity, kind)) + 1;

    public void Pass(CsvRow row, SampleTable table)
    {
        if (prng is null || !Flaw.All.TryGetValue(table.Entity, out var flaws) || Drawn(flaws) is not { } flaw || !flaw.Fits(row))
        {
            table.Add(row.Line);
            return;
        }

        Note(table.Entity, flaw.Kind);
        switch (flaw.Kind)
        {
            case DirtKind.Late:
                table.AddLate(row.Line);
                break;
            case DirtKind.Blank or DirtKind.Deleted:
                table.Add(row.With(flaw.Edits(row)));
                break;
            case DirtKind.Duplicate or DirtKind.Stale or DirtKind.UnknownCustomer:
                table.Add(row.Line);
                table.Add(row.With(flaw.Edits(row)));
                break;
            default:
                table.Add(row.Line);
                table.AddBroken(row.With(flaw.Edits(row)));
                break;
        }
    }

    private Flaw? Drawn(Flaw[] flaws)
    {
        var point = prng!.Unit();
        foreach (var flaw in flaws)
        {
            point -= flaw.Share;
            if (point < 0)
            {
                return flaw;
            }
        }

        return null;
    }
}
