namespace Cco.Pipeline.Sample;

/// <summary>One file of the sample company.</summary>
/// <param name="Entity">The conformed entity whose rows it holds.</param>
/// <param name="System">The system whose records they are, as column <c>source</c> says: <see cref="OwnSystem"/>, or a vendor such as <c>stripe</c>.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Rows">Rows in it, without the header.</param>
/// <param name="Bytes">Its size, before compression.</param>
/// <param name="IsBroken">Its rows cannot be used: no system would say what they say.</param>
public sealed record SampleFile(string Entity, string System, string Path, long Rows, long Bytes, bool IsBroken)
{
    /// <summary>The system of the company's own files; in them rows may name another as their <c>source</c>.</summary>
    public const string OwnSystem = "file";
}

/// <summary>What was written, so that whoever reads it can be checked against it.</summary>
public sealed class SampleTruth
{
    private readonly IReadOnlyDictionary<(string Entity, DirtKind Kind), long> planted;

    internal SampleTruth(IReadOnlyList<SampleFile> files, IReadOnlyDictionary<(string Entity, DirtKind Kind), long> planted)
    {
        (Files, this.planted) = (files, planted);
        Entities = [.. files.Select(file => file.Entity).Distinct()];
    }

    /// <summary>The files, by entity and then in the order in which they are to be taken in.</summary>
    public IReadOnlyList<SampleFile> Files { get; }

    /// <summary>The entities that have at least one row.</summary>
    public IReadOnlyList<string> Entities { get; }

    /// <summary>Rows in the files of an entity.</summary>
    public long Rows(string entity) => Files.Where(file => file.Entity == entity).Sum(file => file.Rows);

    /// <summary>Rows of an entity with one kind of dirt; of <see cref="DirtKind.Blank"/>, cells.</summary>
    public long Planted(string entity, DirtKind kind) => planted.GetValueOrDefault((entity, kind));

    /// <summary>Rows with one kind of dirt in all files.</summary>
    public long Planted(DirtKind kind) => Entities.Sum(entity => Planted(entity, kind));

    /// <summary>Rows of an entity that break its contract: as many must end in quarantine.</summary>
    public long Unusable(string entity) =>
        Planted(entity, DirtKind.WrongType) + Planted(entity, DirtKind.ImpossibleDate)
        + Planted(entity, DirtKind.OffScale) + Planted(entity, DirtKind.Missing);

    /// <summary>Records of an entity that can be used: each primary key once.</summary>
    public long Records(string entity) =>
        Rows(entity) - Unusable(entity) - Planted(entity, DirtKind.Duplicate) - Planted(entity, DirtKind.Stale);
}
