using Cco.Pipeline.Extract;
using Cco.Pipeline.Transform;
using Microsoft.Extensions.Options;

namespace Cco.Pipeline.Functions;

/// <summary>Stops the host when it starts, if a source is configured that nobody describes, or one that lacks a setting or secret.</summary>
internal sealed class SourcesCheck(TransformOptions transform, ExtractOptions extract, TimeProvider time) : IValidateOptions<SourcesOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SourcesOptions options)
    {
        try
        {
            var problems = new SourceRegistry(SourceRegistry.FoldersOf(transform.Overlays), options, extract, time).Problems().ToList();
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
        catch (FormatException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
