namespace Cco.Pipeline.Land;

/// <summary>A lease that was held is not held any more.</summary>
public sealed class LakeLeaseLostException(LakePath path, string holder)
    : IOException($"The lease '{path}', which was held for {holder}, is lost: the process stood still or could not reach the lake for too long, or someone ended the lease. From here on nothing was written; run again.");
