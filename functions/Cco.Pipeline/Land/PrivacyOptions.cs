using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Land;

/// <summary>How persons who were forgotten are known again without keeping who they are.</summary>
public sealed class PrivacyOptions
{
    /// <summary>
    /// The key of the hashes by which a person or customer that was forgotten is known when a source delivers it again: 32 characters or more,
    /// such as <c>openssl rand -hex 32</c> prints. Whoever has it can find out whether someone was forgotten; with another one, nobody is known any
    /// more, so keep it. Null: nobody can be forgotten.
    /// </summary>
    [MinLength(32, ErrorMessage = "Privacy:Secret has at least 32 characters.")]
    public string? Secret { get; set; }
}
