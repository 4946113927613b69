namespace Cco.Pipeline.Runs;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Everything it was to do is done.</summary>
    Succeeded,

    /// <summary>Something failed; nothing was published.</summary>
    Failed,

    /// <summary>It was ended from outside; nothing was published.</summary>
    Canceled,
}
