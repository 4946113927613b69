using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Land;

/// <summary>Where the lake is.</summary>
public sealed class LakeOptions
{
    /// <summary>The folder of this machine that holds the lake.</summary>
    [Required]
    public string Folder { get; set; } = "lake";
}
