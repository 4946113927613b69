namespace Cco.Pipeline.Runs;

/// <summary>The stages of a run, in their order.</summary>
public enum RunStage
{
    /// <summary>Vendors' records become raw files.</summary>
    Extract,

    /// <summary>Dropped files become raw files.</summary>
    Intake,

    /// <summary>Raw files become marts.</summary>
    Transform,

    /// <summary>Marts become what everybody reads.</summary>
    Publish,
}
