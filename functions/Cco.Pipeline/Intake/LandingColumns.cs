using System.Collections.Immutable;

namespace Cco.Pipeline.Intake;

/// <summary>The columns that a table asks of its files, by the names they have after mapping.</summary>
public sealed record LandingColumns
{
    /// <param name="required">Columns without which a file is refused.</param>
    /// <param name="recordId">Columns that name a record together; none where the whole record names itself.</param>
    /// <param name="updatedAt">The column that says when the source changed the record; null for <c>updated_at</c>, where a file has it.</param>
    /// <param name="mapping">From the headers of the files to the names of columns; headers that are not in it are names already.</param>
    /// <exception cref="ArgumentException">A name is empty, has spaces around it, or stands twice in one list.</exception>
    public LandingColumns(
        IEnumerable<string>? required = null,
        IEnumerable<string>? recordId = null,
        string? updatedAt = null,
        IReadOnlyDictionary<string, string>? mapping = null)
    {
        (Required, RecordId, UpdatedAt) = (Checked(required), Checked(recordId), updatedAt is null ? null : Checked(updatedAt));
        Mapping = (mapping ?? ImmutableDictionary<string, string>.Empty)
            .ToImmutableSortedDictionary(pair => Checked(pair.Key), pair => Checked(pair.Value), StringComparer.Ordinal);
    }

    /// <summary>Nothing is asked: each record names itself by its content.</summary>
    public static LandingColumns Any { get; } = new();

    /// <summary>The columns without which a file is refused.</summary>
    public ImmutableArray<string> Required { get; }

    /// <summary>The columns that name a record together.</summary>
    public ImmutableArray<string> RecordId { get; }

    /// <summary>Columns of <see cref="RecordId"/> that may be missing, because the entity has a default for them: no value is a value of the id, too.</summary>
    public ImmutableArray<string> Defaulted { get; init; } = [];

    /// <summary>The column that says when the record changed; null for <c>updated_at</c>, where a file has it.</summary>
    public string? UpdatedAt { get; }

    /// <summary>From header to column.</summary>
    public ImmutableSortedDictionary<string, string> Mapping { get; }

    /// <summary>Every column that a file must have: the required, those of the record's id, and the named time of change.</summary>
    internal IEnumerable<string> Expected =>
        Required.Concat(RecordId).Except(Defaulted, StringComparer.Ordinal).Concat(UpdatedAt is null ? [] : [UpdatedAt]).Distinct(StringComparer.Ordinal);

    /// <summary>The column that a header stands for.</summary>
    internal string Named(string header) => Mapping.GetValueOrDefault(header, header);

    private static ImmutableArray<string> Checked(IEnumerable<string>? names)
    {
        var list = (names ?? []).Select(Checked).ToImmutableArray();
        return list.Distinct(StringComparer.Ordinal).Count() == list.Length
            ? list
            : throw new ArgumentException($"A column is named twice in: {string.Join(", ", list)}.", nameof(names));
    }

    private static string Checked(string name) => name.Length > 0 && name.Trim() == name
        ? name
        : throw new ArgumentException($"'{name}' is no name of a column: it is empty or has spaces around it.", nameof(name));
}
