using Cco.Pipeline.Land;

namespace Cco.Pipeline.Transform;

/// <summary>What a step of a build makes.</summary>
internal enum StepKind
{
    /// <summary>A small table that is part of the models.</summary>
    Seed,

    /// <summary>The typed copies of a stream's raw files.</summary>
    Stage,

    /// <summary>The current rows of an entity, all sources united.</summary>
    Entity,

    /// <summary>The rows that went to quarantine.</summary>
    Rejected,

    /// <summary>The fields of the records of each raw file.</summary>
    Observed,

    /// <summary>A model that is computed where it is read.</summary>
    View,

    /// <summary>A model that is kept as Parquet.</summary>
    Table,

    /// <summary>A query for rows that should not exist.</summary>
    Audit,
}

/// <summary>One step of a build: the result is named by its fingerprint before anything is computed.</summary>
/// <param name="Name">The model, seed or entity; unique in a plan.</param>
/// <param name="Kind">What is made.</param>
/// <param name="Schema">The schema its relation is in.</param>
/// <param name="Fingerprint">Everything that makes the result, hashed.</param>
/// <param name="Inputs">The steps it reads.</param>
internal sealed record BuildStep(string Name, StepKind Kind, string Schema, string Fingerprint, IReadOnlyList<string> Inputs)
{
    /// <summary>The model it builds; null for seeds, entities, rejected rows and observed fields.</summary>
    public Model? Model { get; init; }

    /// <summary>The relation in SQL.</summary>
    public string Relation => $"{Schema}.{Sql.Name(Kind == StepKind.Entity ? Name["staged.".Length..] : Name)}";

    /// <summary>Where its result is kept.</summary>
    public LakePath Path => new($"models/{Name}/{Fingerprint}.parquet");

    /// <summary>The folder of the typed copies of raw files.</summary>
    public LakePath StageFolder => new($"stage/{Name}/{Fingerprint}");

    /// <summary>The typed copy of a raw file.</summary>
    public LakePath CopyOf(RawFile file, string ending = ".parquet") => StageFolder.Child(file.Id + ending);

    /// <summary>Its result is a file of the lake.</summary>
    public bool IsKept => Kind is StepKind.Entity or StepKind.Rejected or StepKind.Observed or StepKind.Table or StepKind.Audit;
}
