namespace Cco.Pipeline.Intake;

/// <summary>A file that someone dropped.</summary>
/// <param name="Name">What messages call it. Its ending matters only where the content leaves open whether it is CSV or JSON.</param>
/// <param name="OpenAsync">Opens its bytes from the start. They are read once, forward.</param>
public sealed record DroppedFile(string Name, Func<CancellationToken, Task<Stream>> OpenAsync);
