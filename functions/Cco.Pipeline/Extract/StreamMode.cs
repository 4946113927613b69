namespace Cco.Pipeline.Extract;

/// <summary>How a stream is read from run to run.</summary>
public enum StreamMode
{
    /// <summary>Everything, every time.</summary>
    Full,

    /// <summary>What changed in a span of time.</summary>
    Windows,

    /// <summary>What the vendor has not given yet, by a token that it gave.</summary>
    Cursor,
}
