using System.Text;
using System.Text.Json;
using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Extract;

/// <summary>Makes records of a vendor's JSON objects: their id, when they changed, whether they are gone, and their text as it came.</summary>
internal sealed class RecordReader
{
    private const string OfParent = "parent/";
    private const int ShownCharacters = 200;

    private readonly StreamDescription stream;
    private readonly FieldPaths fields;
    private readonly int updatedAt;
    private readonly int deleted;
    private readonly int key;

    public RecordReader(StreamDescription stream)
    {
        this.stream = stream;
        var paths = stream.Id.ToList();
        updatedAt = Place(paths, stream.UpdatedAt);
        deleted = Place(paths, stream.Deleted?.Field);
        key = Place(paths, stream.Paging.Field);
        fields = new FieldPaths(paths);
    }

    /// <summary>The name of a field of the parent, which is described as parent/name; null: it is one of the record.</summary>
    public static string? ParentField(string field) => field.StartsWith(OfParent, StringComparison.Ordinal) ? field[OfParent.Length..] : null;

    /// <summary>Adds the record of an object, or the reason why it is none.</summary>
    /// <param name="json">The object.</param>
    /// <param name="position">Its ordinal.</param>
    /// <param name="readAt">The time of change of records that say none.</param>
    /// <param name="parent">The fields of the parent.</param>
    /// <param name="records">Receives it.</param>
    /// <param name="rejected">Receives what is none.</param>
    /// <returns>The value of the field that paging asks by.</returns>
    public string? Add(ReadOnlySpan<byte> json, long position, DateTimeOffset readAt, IReadOnlyDictionary<string, string?>? parent, List<RawRecord> records, List<RejectedRow> rejected)
    {
        var found = fields.Of(json);
        var names = new string[stream.Id.Count];
        for (var place = 0; place < names.Length; place++)
        {
            var name = stream.Id[place];
            var value = Value(name, found[place], parent);
            if (string.IsNullOrEmpty(value))
            {
                var text = Encoding.UTF8.GetString(json[..Math.Min(json.Length, ShownCharacters)]);
                rejected.Add(new RejectedRow(position, name, text, $"The record has no '{name}', which is part of its id."));
                return null;
            }

            names[place] = value;
        }

        var changed = updatedAt < 0 || Value(stream.UpdatedAt!, found[updatedAt], parent) is not { } instant ? null : stream.UpdatedAtFormat.Read(instant);
        records.Add(new RawRecord(RecordIdentity.Of(names), changed ?? readAt, IsDeleted(found), position, Payload(json, parent)));
        return key < 0 ? null : found[key];
    }

    /// <summary>The value of a field: what was found in the record, unless it is one of the parent.</summary>
    private static string? Value(string field, string? found, IReadOnlyDictionary<string, string?>? parent) =>
        ParentField(field) is { } name ? parent?.GetValueOrDefault(name) : found;

    /// <summary>The record as it came; where it has a parent, with the fields of the parent as the first member <c>_parent</c>.</summary>
    private static string Payload(ReadOnlySpan<byte> json, IReadOnlyDictionary<string, string?>? parent)
    {
        var text = Encoding.UTF8.GetString(json);
        if (parent is null)
        {
            return text;
        }

        var isEmpty = text.AsSpan(1).TrimStart() is ['}', ..];
        return $"{{\"_parent\":{JsonSerializer.Serialize(parent)}{(isEmpty ? "" : ",")}{text.AsSpan(1)}";
    }

    private bool IsDeleted(string?[] found) => deleted >= 0 && found[deleted] is { } value
        && (stream.Deleted!.EqualTo is { } expected ? value == expected : value is not ("false" or ""));

    private static int Place(List<string> paths, string? path)
    {
        if (path is null)
        {
            return -1;
        }

        paths.Add(path);
        return paths.Count - 1;
    }
}
