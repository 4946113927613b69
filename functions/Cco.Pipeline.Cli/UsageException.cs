namespace Cco.Pipeline.Cli;

/// <summary>The program was called with something that does not exist; the message names what does.</summary>
internal sealed class UsageException(string message) : Exception(message);
