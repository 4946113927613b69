namespace Cco.Pipeline.Transform;

/// <summary>A small table that is part of the models: a CSV file with a contract beside it.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="File">The CSV file on this machine.</param>
/// <param name="Text">Its text.</param>
/// <param name="Contract">The table it fills.</param>
public sealed record Seed(string Name, string File, string Text, Contract Contract);
