namespace Cco.Pipeline.Intake;

/// <summary>A dropped file that cannot be read as a whole: its message says what is wrong, where, and what to do. Nothing of the file lands.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : IOException(message, inner);
