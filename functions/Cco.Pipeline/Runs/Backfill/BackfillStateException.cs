namespace Cco.Pipeline.Runs;

/// <summary>A backfill is not in a state in which it can do what it is asked for.</summary>
public sealed class BackfillStateException(string message) : Exception(message);
