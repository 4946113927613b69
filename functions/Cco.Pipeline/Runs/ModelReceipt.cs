using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>What became of one model in one run.</summary>
/// <param name="Name">The model.</param>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Rows">The rows of its result.</param>
/// <param name="DurationSeconds">The time it took, in seconds.</param>
/// <param name="Fingerprint">Everything that made it, hashed.</param>
/// <param name="Error">Why it failed or was skipped.</param>
public sealed record ModelReceipt(string Name, string Layer, BuildOutcome Outcome, long Rows, double DurationSeconds, string Fingerprint, string? Error)
{
    internal static ModelReceipt Of(BuiltModel model) => new(
        model.Name, model.Layer, model.Outcome, model.Rows, Math.Round(model.Duration.TotalSeconds, 3), model.Fingerprint, model.Error);
}
