using System.Text.Json;
using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class ObservedFieldsTests
{
    private readonly ObservedFields fields = new();

    [Fact]
    public void Fields_are_counted_by_path_and_type_and_arrays_as_such()
    {
        Add("""{"id":"a","size":1,"plan":{"id":"p","a.b":true},"tags":[{"x":1}]}""", """{"size":"big","plan":null,"id":"b"}""");

        Assert.Equal(
            [
                "*|object 2", "id|text 2", "plan.\"a.b\"|boolean 1", "plan.id|text 1", "plan|null 1", "plan|object 1", "size|number 1", "size|text 1", "tags|array 1",
            ],
            Seen().Select(field => $"{field.Field}|{field.Type} {field.Count}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tombstones_have_no_fields()
    {
        fields.Add(new RawRecord("a", DateTimeOffset.UnixEpoch, IsDeleted: true, 1, "{}"));

        Assert.Empty(Seen());
    }

    [Fact]
    public void What_is_no_JSON_or_too_deep_or_half_a_character_stops_nothing()
    {
        Add("no json", new string('[', 5_000), """{"a":1,"\ud800":2}""", """{"a":1}""");

        Assert.Contains(("*", "unreadable", 3L), Seen());
        Assert.Contains(("*", "object", 2L), Seen());
    }

    [Fact]
    public void Of_a_large_file_one_in_eight_is_looked_at_whatever_period_its_records_have()
    {
        for (var record = 0; record < 81_000; record++)
        {
            Add(record % 8 == 0 ? """{"rare":1}""" : "{}");
        }

        Assert.InRange(Assert.Single(Seen(), field => field.Field == "*").Count, 10_900, 11_100);
        Assert.InRange(Assert.Single(Seen(), field => field.Field == "rare").Count, 1_300, 1_440);
    }

    [Fact]
    public void Neither_members_nor_fields_nor_depth_grow_without_bound()
    {
        foreach (var record in Enumerable.Range(0, 900))
        {
            Add($"{{\"c{record}\":1,\"c{record + 5_000}\":1,\"map\":{{\"k{record}\":1}},\"deep\":{string.Concat(Enumerable.Repeat("{\"d\":", 40))}1{new string('}', 40)}}}");
        }

        Assert.InRange(Seen().Count, ObservedFields.MaxFields, ObservedFields.MaxFields + 5);
        Assert.Equal(ObservedFields.MaxMembers + 1, Seen().Count(field => field.Field.StartsWith("map.", StringComparison.Ordinal)));
        Assert.InRange(Seen().Max(field => field.Field.Split('.').Length), 2, 9);
    }

    private void Add(params IEnumerable<string> payloads)
    {
        foreach (var payload in payloads)
        {
            fields.Add(new RawRecord("a", DateTimeOffset.UnixEpoch, IsDeleted: false, 1, payload));
        }
    }

    private List<(string Field, string Type, long Count)> Seen()
    {
        using var seen = JsonDocument.Parse(fields.Text());
        return [.. seen.RootElement.EnumerateArray().Select(field =>
            (field.GetProperty("field").GetString()!, field.GetProperty("type").GetString()!, field.GetProperty("value_count").GetInt64()))];
    }
}
