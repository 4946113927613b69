namespace Cco.Pipeline.Land;

/// <summary>
/// A place in the lake: segments parted by '/', none of them empty, '.' or '..', no backslash or control character, and no colon in the first,
/// which would name a drive. What comes from outside becomes a path only through here, so no name can leave its folder.
/// </summary>
public sealed record LakePath
{
    /// <exception cref="ArgumentException">The text is not such a path.</exception>
    public LakePath(string value)
    {
        if (!IsPath(value))
        {
            throw new ArgumentException($"'{value}' is not a path in the lake: use names parted by '/', without '..', '\\' or a drive.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The whole path, relative to the lake.</summary>
    public string Value { get; }

    /// <summary>The last segment.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The segments, first to last.</summary>
    public IReadOnlyList<string> Segments => Value.Split('/');

    /// <summary>The path of something inside this folder.</summary>
    public LakePath Child(string relative) => new($"{Value}/{relative}");

    /// <summary>The path that differs from this one in the end of its name.</summary>
    public LakePath WithSuffix(string suffix) => new(Value + suffix);

    /// <summary>Whether a text is such a path.</summary>
    internal static bool IsPath(string value) =>
        value.Length is > 0 and <= 1000 && !value.Split('/').Any(segment => segment is "" or "." or "..")
        && !value.Any(character => char.IsControl(character) || character is '\\') && !value.Split('/')[0].Contains(':', StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Value;
}
